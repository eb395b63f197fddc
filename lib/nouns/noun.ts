import type { z } from "zod";
import type { actor } from "#lib/nouns/values";
import type { FaultCode, NounName, Operator } from "#lib/vocabulary";

/** Everything about a field except its schema. */
type Facts = {
  /** Its name on pages. */
  label: string;
  /** For the API's documentation. */
  description?: string;
  /** No two records of a company have the same value. */
  unique?: true;
  /** Returns the key by which values are compared, if not the value itself. Stored in the column `<field>_key`. */
  keyOf?: (value: string) => string;
  /** The kind of record whose id the value is. */
  references?: NounName | "member";
  filters?: readonly Operator[];
  /** The default in words, for the documentation, if it isn't a fixed value. */
  presetIs?: string;
};

type Presence = "required" | "optional" | "preset" | "derived";

export type Field<S extends z.ZodType = z.ZodType, P extends Presence = Presence> = Facts & {
  /** Never nullable: `presence` says whether the field can be null. */
  schema: S;
  presence: P;
  /** The default of a preset field. */
  preset?: z.output<S>;
};

export type Fields = Record<string, Field>;

/** A field that callers have to set. */
export function required<S extends z.ZodType>(schema: S, facts: Facts): Field<S, "required"> {
  return { ...facts, schema, presence: "required" };
}

/** A field that may be null. */
export function optional<S extends z.ZodType>(schema: S, facts: Facts): Field<S, "optional"> {
  return { ...facts, schema, presence: "optional" };
}

/** A field with a default, which the database sets if a caller doesn't. */
export function preset<S extends z.ZodType>(
  schema: S,
  value: z.output<S> | undefined,
  facts: Facts,
): Field<S, "preset"> {
  return { ...facts, schema, preset: value, presence: "preset" };
}

/** A read-only field. */
export function derived<S extends z.ZodType>(schema: S, facts: Facts): Field<S, "derived"> {
  return { ...facts, schema, presence: "derived" };
}

type Value<F> = F extends Field<infer S, infer P> ? z.output<S> | (P extends "optional" ? null : never) : never;
type Keys<F extends Fields, P extends Presence> = {
  [K in keyof F]: F[K]["presence"] extends P ? K : never;
}[keyof F];

/** The fields that callers can write. */
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
  /** Receives what was sent on create, and the updated record on update. */
  holds: (record: Partial<Writable<F>>) => boolean;
  /** The fault if the rule is broken: it is reported for one of the fields. */
  field: keyof F & string;
  code: FaultCode;
  detail: string;
  /** The same rule in JSON Schema, for the documentation. */
  jsonSchema: Record<string, unknown>;
};

/**
 * A kind of record, declared once. The API's schemas, endpoints, and documentation, validation, storage, comparison, audit, lists, and
 * forms are derived from it. Its table in `lib/db/tables` is written by hand; a type test compares the two.
 */
export type Noun<F extends Fields = Fields> = {
  name: NounName;
  /** A sentence for the documentation: what these records are. */
  description: string;
  fields: F;
  /** What lists can be sorted by, in addition to `created_at` and `updated_at`. */
  sorts: readonly (keyof F & string)[];
  /** What `q` searches, for the documentation. Without it there is no search. */
  search?: string;
  rule?: Rule<F>;
  documentation: {
    create: string;
    /** A sentence to add to the description of updates. */
    update?: string;
    remove: string;
    /** A complete record, with null for empty fields. References are filled in. */
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

/** The names of the fields that callers can write. */
export function writable<F extends Fields>({ fields }: Noun<F>): (keyof Writable<F> & string)[] {
  return Object.keys(fields).filter((name) => fields[name]?.presence !== "derived") as (keyof Writable<F> & string)[];
}

/** The fields that refer to other records, and their names for `include`: `account` for `account_id`. */
export function references({
  fields,
}: {
  fields: Fields;
}): { field: string; include: string; to: NounName | "member" }[] {
  return Object.entries(fields).flatMap(([field, { references: to }]) =>
    to === undefined ? [] : [{ field, include: field.replace(/_id$/, ""), to }],
  );
}
