import { z } from "zod";
import { byId, endpoint } from "#lib/contract/endpoint";
import type { ErrorCode } from "#lib/contract/errors";
import { chosen, listParameters, pageSchema } from "#lib/contract/list";
import { createInput, listOptions, recordSchema, updateInput } from "#lib/contract/record-schemas";
import { type Fields, type Noun, references, writable } from "#lib/nouns/noun";
import { example, id } from "#lib/nouns/values";
import { type NounName, nounNames } from "#lib/vocabulary";

/** Related records that `include` returns, by plural: `accounts`, `members`. */
type Included = Record<string, z.ZodOptional<z.ZodArray>>;

/** Errors of a noun's own rules. */
type Refusals = { update?: readonly ErrorCode[]; remove?: readonly ErrorCode[] };

const updateDescription =
  "Changes the fields that you send (RFC 7396): a field that you omit keeps its value, and null clears it. A request that changes nothing keeps the version.";

/** Declares the endpoints of a noun. */
export function recordEndpoints<F extends Fields, const I extends Included>(
  noun: Noun<F>,
  related: I,
  refusals: Refusals = {},
) {
  const parts = partsOf(noun, related);
  return { record: parts.record, ...collectionEndpoints(noun, parts), ...itemEndpoints(noun, parts, refusals) };
}

/** What the endpoints have in common. */
function partsOf<F extends Fields, const I extends Included>(noun: Noun<F>, related: I) {
  const record = recordSchema(noun);
  const unique = Object.values(noun.fields).some(({ unique }) => unique);
  return {
    record,
    included: z.object(related).optional(),
    fields: Object.keys(record.shape),
    list: listOptions(noun),
    errors: (unique ? ["duplicate"] : []) as readonly ErrorCode[],
    example: exampleOf(noun),
    words: wordsOf(noun.name),
  };
}

type Parts<F extends Fields, I extends Included> = ReturnType<typeof partsOf<F, I>>;

function common({ Plural, plural }: ReturnType<typeof wordsOf>) {
  return { tag: Plural, auth: "any", company: "required", path: `/${plural}` } as const;
}

function collectionEndpoints<F extends Fields, I extends Included>(noun: Noun<F>, parts: Parts<F, I>) {
  const { record, included, fields, list, errors, example, words } = parts;
  const { plural, Name, Plural, one } = words;
  return {
    list: endpoint({
      ...common(words),
      operation: `list${Plural}`,
      method: "GET",
      summary: `List ${plural}`,
      description: `${noun.description} Newest first by default.`,
      permission: `${plural}:read`,
      list,
      query: listParameters(list, fields),
      status: 200,
      output: pageSchema(record).extend({ included }),
      errors: ["search_too_broad"],
      example: {
        query: { limit: "1", ...noun.documentation.query },
        answer: { data: [example.answer], pagination: { limit: 1, has_more: false, next_cursor: null } },
      },
    }),
    create: endpoint({
      ...common(words),
      operation: `create${Name}`,
      method: "POST",
      summary: `Create ${one}`,
      description: noun.documentation.create,
      permission: `${plural}:write`,
      body: createInput(noun),
      status: 201,
      output: record,
      versioned: true,
      location: (created) => `/${plural}/${created.id}`,
      errors,
      example,
    }),
  };
}

function itemEndpoints<F extends Fields, I extends Included>(noun: Noun<F>, parts: Parts<F, I>, refusals: Refusals) {
  const { record, included, fields, list, errors, words } = parts;
  const { plural, prefix, Name, one } = words;
  const item = { ...common(words), path: `/${plural}/{id}`, params: byId(id(prefix)) };
  const { change, remove } = noun.documentation;
  const [params, answer] = [{ id: example(prefix) }, parts.example.answer];
  return {
    read: endpoint({
      ...item,
      operation: `read${Name}`,
      method: "GET",
      summary: `Read ${one}`,
      description: `Returns one ${noun.name}, or only the \`fields\` that you ask for. With \`include\`, related records are returned under \`included\`.`,
      permission: `${plural}:read`,
      query: z.strictObject({ fields: chosen(fields), include: chosen(list.includes) }),
      status: 200,
      output: record.extend({ included }),
      versioned: true,
      example: { params, answer },
    }),
    update: endpoint({
      ...item,
      operation: `update${Name}`,
      method: "PATCH",
      summary: `Update ${one}`,
      description: noun.documentation.update ? `${updateDescription} ${noun.documentation.update}` : updateDescription,
      permission: `${plural}:write`,
      body: updateInput(noun),
      status: 200,
      output: record,
      versioned: true,
      errors: [...errors, ...(refusals.update ?? [])],
      example: { params, body: change, answer: { ...answer, ...change, version: 2 } },
    }),
    remove: endpoint({
      ...item,
      operation: `delete${Name}`,
      method: "DELETE",
      summary: `Delete ${one}`,
      description: remove,
      permission: `${plural}:write`,
      status: 204,
      versioned: true,
      errors: refusals.remove ?? [],
      example: { params },
    }),
  };
}

function wordsOf(name: NounName) {
  const { plural, prefix } = nounNames[name];
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const one = `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
  return { plural, prefix, Name: capital(name), Plural: capital(plural), one };
}

/** The example record, and the body that creates it. References use the ids that all examples share. */
function exampleOf<F extends Fields>(noun: Noun<F>) {
  const by = { member_id: example("mem"), token_id: example("tok") };
  const at = "2026-11-02T09:30:00.000Z";
  const record: Record<string, unknown> = { ...noun.documentation.example };
  for (const { field, to } of references(noun)) {
    if (record[field] !== null) record[field] = example(to === "member" ? "mem" : nounNames[to].prefix);
  }
  const sent = writable(noun).filter((name) => record[name] !== null && noun.fields[name]?.references !== "member");
  return {
    body: Object.fromEntries(sent.map((name) => [name, record[name]])),
    answer: {
      ...{ id: example(nounNames[noun.name].prefix), ...record, version: 1 },
      ...{ created_at: at, updated_at: at, created_by: by, updated_by: by },
    },
  };
}
