import type { ChangeEvent, ComponentType, ReactNode } from "react";
import { z } from "zod";
import type { FieldFault } from "#components/forms/faults";
import { LongText } from "#components/records/cells";
import type { RecordBase, Value, Values } from "#components/records/values";
import type { CallOptions, Client } from "#lib/contract/client";
import type { Field, Fields, Noun, Writable } from "#lib/nouns/noun";
import { nounNames } from "#lib/vocabulary";

/** A field's value in a form: text as typed, empty for null. */
type Typed<V> = V extends boolean ? boolean : V extends readonly string[] ? readonly string[] : NonNullable<V> & string;

/** The values of a noun's form. */
export type FormValues<F extends Fields> = { [K in keyof Writable<F>]: Typed<Writable<F>[K]> };

type Name<V> = keyof V & string;

interface Control<T> {
  label: string;
  name: string;
  value: T;
  error: string | undefined;
  onChange: (value: T) => void;
}

export interface RecordForm<V extends Values> {
  values: V;
  /** Whether something is typed that would be lost. */
  edited: boolean;
  set: <F extends Name<V>>(field: F, value: V[F]) => void;
  /** For a text field or textarea. */
  text: (field: Name<V>) => Omit<Control<string>, "onChange"> & {
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  };
  /** For a control that hands over its value. */
  control: <F extends Name<V>>(field: F) => Control<V[F]>;
}

/** What a single control needs of a form. */
type FieldForm<V extends Values> = Pick<RecordForm<V>, "text" | "control">;

/** How a control is shown: below its label in a dialog, or instead of the value on the record's page. */
export interface Look {
  className?: string;
  hideLabel?: boolean;
  optional?: boolean;
}

/** The control for each field. */
export type Editors<V extends Values> = {
  [F in keyof V & string]: (form: FieldForm<Pick<V, F>>, look?: Look) => ReactNode;
};

/** What is specific to a noun's pages and dialogs. */
interface Own<R, V extends Values> {
  /** The contract's own schema of a whole new record. */
  schema: z.ZodType<Record<string, unknown>>;
  /** The contract's own schema of a change. */
  changeSchema: z.ZodType<Record<string, unknown>>;
  Fields: ComponentType<{ form: RecordForm<V> }>;
  editors: Editors<V>;
  /** Completes what people leave out when they type. */
  tidy?: (field: keyof V & string, value: Value) => Value;
  /** A stored value as people type it, if that differs. */
  typed?: (field: keyof V & string, value: Value) => Value;
  /** What is wrong and what to do, if the contract's own sentence doesn't say it. */
  words?: (fault: FieldFault) => string | undefined;
  /** Renders a field's value, if it isn't plain text. */
  show?: (field: keyof V & string, value: unknown) => ReactNode;
  /** The same for the record's page, where it can have links. */
  view?: (field: keyof V & string, value: unknown) => ReactNode;
  /** Says what happens to other records if these are deleted. */
  consequence: (records: readonly R[]) => string;
  read: (api: Client, id: string) => Promise<R>;
  create: (api: Client, body: Record<string, unknown>, options: CallOptions) => Promise<R>;
  update: (api: Client, id: string, version: number, changes: Record<string, unknown>) => Promise<R>;
  remove: (api: Client, id: string, version: number) => Promise<unknown>;
}

/** What the shared forms and dialogs need to know about a noun. */
export interface RecordKind<R extends RecordBase, V extends Values> extends Own<R, V> {
  /** “account”: for “Create account” and “Delete account”. */
  noun: string;
  /** “3 accounts”. */
  count: (records: number) => string;
  empty: V;
  labels: Record<keyof V & string, string>;
  words: (fault: FieldFault) => string | undefined;
  show: (field: keyof V & string, value: unknown) => ReactNode;
  view: (field: keyof V & string, value: unknown) => ReactNode;
  /** Whether a field's value is chosen, not typed. */
  isChoice: (field: keyof V & string) => boolean;
  /** The path of a record's page. */
  href: (company: string, id: string) => string;
}

/** Derives what forms and dialogs need from a noun's declaration. */
export function recordKind<F extends Fields, R extends RecordBase>(
  noun: Noun<F>,
  own: Own<R, FormValues<F>>,
): RecordKind<R, FormValues<F>> {
  const { name } = noun;
  const shown = Object.entries<Field>(noun.fields).filter(([, { presence }]) => presence !== "derived");
  const labels = Object.fromEntries(shown.map(([field, { label }]) => [field, label]));
  const empty = Object.fromEntries(shown.map(([field, { preset }]) => [field, preset ?? ""]));
  const show = (field: keyof Writable<F> & string, value: unknown) => own.show?.(field, value) ?? plain(value);
  return {
    ...own,
    noun: name,
    count: (records) => `${records.toLocaleString("en")} ${records === 1 ? name : nounNames[name].plural}`,
    labels: labels as Record<keyof Writable<F> & string, string>,
    empty: empty as FormValues<F>,
    words: (fault) => own.words?.(fault) ?? words(name, labels, fault),
    show,
    view: (field, value) => own.view?.(field, value) ?? show(field, value),
    isChoice: (field) => isChoice(noun.fields[field]),
    href: (company, id) => `/${company}/${nounNames[name].plural}/${id}`,
  };
}

function isChoice(field: Field | undefined): boolean {
  if (!field) return false;
  return field.references !== undefined || field.schema instanceof z.ZodEnum || field.schema instanceof z.ZodBoolean;
}

function words(noun: string, labels: Record<string, string>, { field, code }: FieldFault): string | undefined {
  const one = `${/^[aeiou]/.test(noun) ? "An" : "A"} ${noun}`;
  if (field === "owner_id" && code === "reference_not_found")
    return "This member has left the company. Choose another one.";
  if (code === "not_unique") return `Another ${noun} has this ${labels[field]?.toLowerCase()}.`;
  if (code === "too_many_items") return `${one} can have at most 50 tags. Remove some first.`;
  if (code === "too_long" && field === "tags")
    return "A tag can have at most 50 characters. Remove the long one first.";
  return undefined;
}

function plain(value: unknown): ReactNode {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return <LongText text={Array.isArray(value) ? value.join(", ") : String(value ?? "")} />;
}
