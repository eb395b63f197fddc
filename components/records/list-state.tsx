import type { Endpoint } from "#lib/contract/endpoint";

/** A list's state, all of which is in the URL. */
export interface ListState {
  q: string;
  sort: string;
  /** By their names in the URL. */
  filters: Readonly<Record<string, string>>;
  cursor: string | null;
  /** The position of the page's first row in the whole list. It is in the URL, too, since a cursor doesn't contain it. */
  from: number;
}

/** The filters of a page, by their names in the URL: each turns a value into API parameters. */
export type ListFilters = Readonly<Record<string, (value: string) => Record<string, string>>>;

export type UrlParams = Record<string, string | string[] | undefined>;

const longestSearch = 200;

export const newestFirst = "-created_at";

export const sortOptions = [
  { value: newestFirst, label: "Newest first" },
  { value: "created_at", label: "Oldest first" },
  { value: "-updated_at", label: "Latest change first" },
  { value: "updated_at", label: "Oldest change first" },
  { value: "name", label: "Name, A to Z" },
  { value: "-name", label: "Name, Z to A" },
] as const;

/** Reads a page's URL. Skips what the contract would reject, so that an old or mistyped link still shows a list. */
export function readListState(contract: Endpoint, filters: ListFilters, params: UrlParams): ListState {
  const shape = contract.query?.shape ?? {};
  const takes = (name: string, value: string) => shape[name]?.safeParse(value).success === true;
  const given = (name: string) => {
    const value = params[name];
    return typeof value === "string" && value.trim() !== "" ? value.slice(0, 2000) : null;
  };
  const checked = (name: string) => {
    const value = given(name);
    return value !== null && takes(name, value) ? value : null;
  };
  const q = [...(given("q") ?? "")].slice(0, longestSearch).join("");
  const chosen: Record<string, string> = {};
  for (const [name, ask] of Object.entries(filters)) {
    const value = given(name);
    if (value !== null && Object.entries(ask(value)).every(([key, part]) => takes(key, part))) chosen[name] = value;
  }
  const cursor = checked("cursor");
  const from = /^[1-9]\d{0,8}$/.exec(given("from") ?? "")?.[0];
  return {
    q: takes("q", q) ? q : "",
    sort: checked("sort") ?? newestFirst,
    filters: chosen,
    cursor,
    from: cursor && from ? Number(from) : 1,
  };
}

/** The API parameters: 25 rows per page, and the total count. */
export function listInput(state: ListState, filters: ListFilters): Record<string, string> {
  const asked = Object.entries(state.filters).map(([name, value]) => filters[name]?.(value) ?? {});
  return {
    limit: "25",
    count: "true",
    sort: state.sort,
    ...(state.q && { q: state.q }),
    ...(state.cursor && { cursor: state.cursor }),
    ...Object.assign({}, ...asked),
  };
}

/** The list's URL with its state: the first page, or the page at a cursor. */
export function listHref(
  path: string,
  { q, sort, filters }: Pick<ListState, "q" | "sort" | "filters">,
  at?: { cursor: string; from: number },
): string {
  const search = new URLSearchParams(filters);
  if (q) search.set("q", q);
  if (sort !== newestFirst) search.set("sort", sort);
  if (at) search.set("cursor", at.cursor);
  if (at) search.set("from", String(at.from));
  return search.size > 0 ? `${path}?${search}` : path;
}

/** The URL's value for contacts without an account. */
export const noAccount = "none";

/** Whether the list is in its initial state, in which a new record comes first. */
export function isPlain(state: ListState): boolean {
  return !isNarrowed(state) && !state.cursor && state.sort === newestFirst;
}

/** Whether there is nothing to list at all. */
export function isEmpty(state: ListState, rows: number): boolean {
  return rows === 0 && !isNarrowed(state) && !state.cursor;
}

/** Whether rows may be hidden by a search or a filter. */
export function isNarrowed({ q, filters }: ListState): boolean {
  return q !== "" || Object.keys(filters).length > 0;
}

export interface Counted {
  next_cursor: string | null;
  total_count?: number | undefined;
  total_is_exact?: boolean | undefined;
  /** Why the list couldn't be loaded. */
  problem?: string;
}

/** “26–50 of 5,014”, or “of 10,000+” if more match than are counted. */
export function rangeText({ from }: Pick<ListState, "from">, rows: number, counted: Counted): string {
  const { total_count: total, total_is_exact: exact } = counted;
  const number = (value: number) => value.toLocaleString("en");
  const range = rows === 1 ? number(from) : `${number(from)}–${number(from + rows - 1)}`;
  return total === undefined ? range : `${range} of ${number(total)}${exact ? "" : "+"}`;
}
