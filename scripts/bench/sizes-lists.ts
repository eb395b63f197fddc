import type { Filter, ListQuery } from "#lib/contract/list";
import { listOptions } from "#lib/contract/record-schemas";
import type { Fields, Noun } from "#lib/nouns/noun";
import type { NounName, Operator } from "#lib/vocabulary";

/** One list to measure. */
export type Asked = { noun: NounName; query: ListQuery };

const yearMs = 365 * 86_400_000;
const ago = (years: number) => new Date(Date.now() - years * yearMs);
const numbered = (prefix: string, number: number) => `${prefix}_${String(number).padStart(26, "0")}`;

/** Values of each field in the data of `sizes-data.ts`: common ones, rare ones, and missing ones. */
function valuesOf(noun: NounName, count: number, accounts: number): Record<string, unknown[]> {
  const instants = [ago(0.02), ago(1), ago(2.95)];
  return {
    email: [`anna.smithson${count}@example.com`, "nobody@example.com"],
    domain: ["nobody.example.com"],
    external_id: [`${noun === "contact" ? "crm" : "erp"}-2`, "missing"],
    account_id: [1, 2, 40, Math.round(accounts * 0.9), accounts + 1].map((number) => numbered("acc", number)),
    contact_id: [1, Math.round(count * 0.9), count + 1].map((number) => numbered("con", number)),
    owner_id: [1, 20, 40, 41].map((number) => numbered("mem", 100 + number)),
    tags:
      noun === "contact"
        ? ["newsletter", "event", "import", "vip", "rare", "missing"]
        : ["wholesale", "key", "missing"],
    do_not_contact: [true, false],
    type: ["prospect", "other"],
    kind: ["note", "email"],
    created_at: instants,
    updated_at: instants,
    occurred_at: instants,
  };
}

const searches: Record<NounName, (string | null)[]> = {
  // A rare word, a common one, two letters that most have, two that few have, and what a person types.
  account: [null, "zubfield", "trading", "on", "xz", "smithson logistics"],
  contact: [null, "xenia zubfield", "example", "maria", "an", "xz", "michael smithson"],
  note: [null],
};

function filtersOf(field: string, operators: readonly Operator[], values: readonly unknown[]): Filter[] {
  return operators.flatMap((operator): Filter[] => {
    if (operator === "is_null") return [true, false].map((value) => ({ field, operator, value }));
    if (["any", "all", "none"].includes(operator)) {
      const pairs = operator === "all" ? [values.slice(0, 2)] : [values.slice(-3)];
      return [...values.map((value) => [value]), ...pairs].map((value) => ({ field, operator, value }));
    }
    if (operator === "in") return [{ field, operator, value: [...values] }];
    return values.map((value) => ({ field, operator, value }));
  });
}

/** Every combination of a sort, up to two filters, and a search. Those with fewer parts come first. */
export function combinations<F extends Fields>(
  noun: Noun<F>,
  company: { contacts: number; accounts: number },
): Asked[] {
  const { sorts, filters } = listOptions(noun);
  const values = valuesOf(noun.name, company.contacts, company.accounts);
  const single = Object.entries(filters).flatMap(([field, { operators }]) =>
    // `gt` and `lte` are read like `gte` and `lt`.
    filtersOf(
      field,
      operators.filter((operator) => operator !== "gt" && operator !== "lte"),
      values[field] ?? [],
    ),
  );
  const sets = [[], ...single.map((filter) => [filter]), ...pairs(single)];
  return sets.flatMap((set) =>
    searches[noun.name].flatMap((q) =>
      sorts.flatMap((key) =>
        [true, false].map((descending) => ({
          noun: noun.name,
          query: { limit: 50, cursor: null, sort: { key, descending }, q, filters: set, include: [] },
        })),
      ),
    ),
  );
}

/** Two filters on the same field are asked only for instants, as a range. */
function pairs(filters: readonly Filter[]): Filter[][] {
  return filters.flatMap((one, index) =>
    filters
      .slice(index + 1)
      .filter((other) => other.field !== one.field || (other.operator !== one.operator && other.operator === "lt"))
      .map((other) => [one, other]),
  );
}

/** `sort=-name&q=maria&filter[owner_id]=…`, with short ids. */
export function inWords({ noun, query }: Asked): string {
  const { sort, q, filters } = query;
  const said = filters.map(({ field, operator, value }) => {
    const text = value instanceof Date ? value.toISOString().slice(0, 10) : JSON.stringify(value);
    return `${field} ${operator} ${text.replaceAll(/_0{10,}/g, "_")}`;
  });
  return [`${noun}s`, `sort=${sort.descending ? "-" : ""}${sort.key}`, ...(q === null ? [] : [`q=${q}`]), ...said].join(
    "  ",
  );
}

/** The same in a random order, which is always the same one. */
export function shuffled(all: readonly Asked[]): Asked[] {
  const mixed = [...all];
  for (let index = mixed.length - 1, seed = 1; index > 0; index -= 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((seed / 2 ** 32) * (index + 1));
    [mixed[index], mixed[other]] = [mixed[other] as Asked, mixed[index] as Asked];
  }
  return mixed;
}
