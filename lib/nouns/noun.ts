import type { z } from "zod";
import type { actor } from "#lib/nouns/values";
import type { FaultCode, NounName, Operator } from "#lib/vocabulary";

/** What else is true of a field, beside the values it takes. */
type Facts = {
  /** Its name on pages. */
  label: string;
  /** For the API's documentation. */
  description?: string;
  /** No two records of a company have the same value. */
  unique?: true;
  /** What makes two values the same one, if not being equal. The table keeps it in a column `<field>_key`. */
  keyOf?: (value: string) => string;
  /** The value is the id of such a record. */
  references?: NounName | "member";
  filters?: readonly Operator[];
  /** What a preset field is if omitted, for the documentation, where that isn't a fixed value. */
  presetIs?: string;
};

type Presence = "required" | "optional" | "preset" | "derived";

export type Field<S extends z.ZodType = z.ZodType, P extends Presence = Presence> = Facts & {
  /** Never takes null: whether the field does follows from `presence`. */
  schema: S;
  presence: P;
  /** What a preset field is if omitted. */
  preset?: z.output<S>;
};

export type Fields = Record<string, Field>;

/** A field that every record has, and callers give. */
export function required<S extends z.ZodType>(schema: S, facts: Facts): Field<S, "required"> {
  return { ...facts, schema, presence: "required" };
}

/** A field that may be null. */
export function optional<S extends z.ZodType>(schema: S, facts: Facts): Field<S, "optional"> {
  return { ...facts, schema, presence: "optional" };
}

/** A field that every record has; the database sets it if a caller doesn't. */
export function preset<S extends z.ZodType>(
  schema: S,
  value: z.output<S> | undefined,
  facts: Facts,
): Field<S, "preset"> {
  return { ...facts, schema, preset: value, presence: "preset" };
}

/** A field that callers only read. */
export function derived<S extends z.ZodType>(schema: S, facts: Facts): Field<S, "derived"> {
  return { ...facts, schema, presence: "derived" };
}

type Value<F> = F extends Field<infer S, infer P> ? z.output<S> | (P extends "optional" ? null : never) : never;
type Keys<F extends Fields, P extends Presence> = {
  [K in keyof F]: F[K]["presence"] extends P ? K : never;
}[keyof F];

/** The fields that callers write. */
export type Writable<F extends Fields> = { [K in Keys<F, Exclude<Presence, "derived">>]: Value<F[K]> };

/** A record as the application handles it. */
export type RecordOf<F extends Fields> = { id: string } & { [K in keyof F]: Value<F[K]> } & {
  version: number;
  created_at: Date;
  updated_at: Date;
  created_by: z.output<typeof actor>;
  updated_by: z.output<typeof actor>;
};

/** A rule about several fields. */
type Rule<F extends Fields> = {
  /** On create it gets what was sent, on update the record as it would become. */
  holds: (record: Partial<Writable<F>>) => boolean;
  /** What is answered if it doesn't hold, for one of the fields. */
  field: keyof F & string;
  code: FaultCode;
  detail: string;
  /** The same rule in JSON Schema, for the documentation. */
  jsonSchema: Record<string, unknown>;
};

/**
 * A kind of record, declared once. The API's schemas, endpoints and documentation, validation, what is written, compared and
 * audited, lists and forms follow from it. The table beside it (`lib/db/tables`) is written by hand and held to it by a type test.
 */
export type Noun<F extends Fields = Fields> = {
  name: NounName;
  /** A sentence for the documentation: what these records are. */
  description: string;
  fields: F;
  /** What lists can be sorted by beside `created_at` and `updated_at`. */
  sorts: readonly (keyof F & string)[];
  /** What `q` searches, for the documentation. Without it there is no search. */
  search?: string;
  rule?: Rule<F>;
  documentation: {
    create: string;
    /** What is special about its updates. */
    update?: string;
    remove: string;
    /** A complete record, with null for what it doesn't have. References are filled in. */
    example: Record<keyof F, unknown>;
    /** Query parameters and changes that suit the example. */
    query: Record<string, string>;
    change: Record<string, unknown>;
  };
};

/** Declares a noun. */
export function noun<const F extends Fields>(declaration: Noun<F>): Noun<F> {
  return declaration;
}

/** The names of the fields that callers write. */
export function writable<F extends Fields>({ fields }: Noun<F>): (keyof Writable<F> & string)[] {
  return Object.keys(fields).filter((name) => fields[name]?.presence !== "derived") as (keyof Writable<F> & string)[];
}

/** The fields that hold another record's id, and what `include` calls that record: `account` for `account_id`. */
export function references({
  fields,
}: {
  fields: Fields;
}): { field: string; include: string; to: NounName | "member" }[] {
  return Object.entries(fields).flatMap(([field, { references: to }]) =>
    to === undefined ? [] : [{ field, include: field.replace(/_id$/, ""), to }],
  );
}
