import { z } from "zod";
import { type FilterOptions, instantFilter, type ListOptions, trueOrFalse } from "#lib/contract/list";
import { type Field, type Fields, type Noun, type RecordOf, references, type Writable } from "#lib/nouns/noun";
import { actor, id, instant, keyOrNull, orNull, version } from "#lib/nouns/values";
import { nounNames } from "#lib/vocabulary";

/** The schemas that are derived from a noun's fields. They are built in loops, so each gets its type from one cast. */

type Sent<F> = F extends Field<infer S, infer P> ? z.input<S> | (P extends "optional" ? null : never) : never;

type InputShape<F extends Fields> = {
  [K in keyof Writable<F>]: z.ZodType<Writable<F>[K], Sent<F[K & keyof F]>>;
};
type UpdateShape<F extends Fields> = { [K in keyof Writable<F>]: z.ZodOptional<InputShape<F>[K]> };
type CreateShape<F extends Fields> = {
  [K in keyof Writable<F>]: F[K & keyof F]["presence"] extends "required" ? InputShape<F>[K] : UpdateShape<F>[K];
};

const provenance = { version, created_at: instant, updated_at: instant, created_by: actor, updated_by: actor };

type RecordShape<F extends Fields> = { id: z.ZodString } & {
  [K in keyof F]: z.ZodType<RecordOf<F>[K], Sent<F[K]>>;
} & typeof provenance;

function inputs<F extends Fields>({ fields }: Noun<F>, isCreate: boolean): Record<string, z.ZodType> {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, field] of Object.entries<Field>(fields)) {
    if (field.presence === "derived") continue;
    const value = field.presence === "optional" ? nullable(field) : field.schema;
    const input = isCreate && field.presence === "required" ? value : value.optional();
    const preset = isCreate && field.presence === "preset" ? `Default: ${presetOf(field)}.` : "";
    const description = `${field.description ?? ""} ${preset}`.trim();
    shape[name] = description === "" ? input : input.meta({ description });
  }
  return shape;
}

function presetOf({ preset, presetIs }: Field): string {
  return presetIs ?? `\`${typeof preset === "string" ? preset : JSON.stringify(preset)}\``;
}

/** In a key, text that only looks blank is an error, not null. */
function nullable({ schema, unique, references }: Field): z.ZodType {
  return unique || references ? keyOrNull(schema) : orNull(schema);
}

/** The body of an update. */
export function updateInput<F extends Fields>(noun: Noun<F>) {
  return z.strictObject(inputs(noun, false) as UpdateShape<F>);
}

/** The body of a create. The noun's rule is checked even if a field is invalid, so that one response lists all faults. */
export function createInput<F extends Fields>(noun: Noun<F>) {
  const schema = z.strictObject(inputs(noun, true) as CreateShape<F>);
  if (!noun.rule) return schema;
  const { holds, field, code, detail, jsonSchema } = noun.rule;
  return schema
    .refine((record) => holds(record as Partial<Writable<F>>), {
      params: { code },
      message: detail,
      path: [field],
      when: ({ value }) => typeof value === "object" && value !== null && !Array.isArray(value),
    })
    .meta(jsonSchema);
}

/** A stored value was validated when it was written, so its schema only says what kind of value it is. */
function output({ schema, presence, references, description }: Field): z.ZodType {
  const isDerived = presence === "derived";
  const isText = schema instanceof z.ZodString && !references && !isDerived;
  const kind = isText ? z.string() : schema instanceof z.ZodArray ? z.array(z.string()) : schema;
  const value = presence === "optional" ? kind.nullable() : kind;
  return isDerived && description ? value.meta({ description }) : value;
}

/** A record as it is returned. */
export function recordSchema<F extends Fields>({ name, fields }: Noun<F>) {
  const values = Object.entries<Field>(fields).map(([field, facts]) => [field, output(facts)]);
  const shape = { id: id(nounNames[name].prefix), ...Object.fromEntries(values), ...provenance };
  return z.object(shape as RecordShape<F>);
}

function filterOf({ schema, filters = [] }: Field): FilterOptions {
  if (schema === instant) return instantFilter;
  if (schema instanceof z.ZodBoolean) return { schema: trueOrFalse, operators: filters };
  if (schema instanceof z.ZodArray) return { schema: schema.element as z.ZodType, operators: filters };
  return { schema, operators: filters };
}

/** The list options of a noun. */
export function listOptions<F extends Fields>(noun: Noun<F>): ListOptions & { includes: readonly string[] } {
  const filtered = Object.entries<Field>(noun.fields).filter(([, { filters }]) => filters !== undefined);
  return {
    sorts: ["created_at", "updated_at", ...noun.sorts],
    filters: {
      ...Object.fromEntries(filtered.map(([name, field]) => [name, filterOf(field)])),
      created_at: instantFilter,
      updated_at: instantFilter,
    },
    ...(noun.search && { search: noun.search }),
    counted: true,
    includes: references(noun).map(({ include }) => include),
  };
}
