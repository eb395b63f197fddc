import { expect, test } from "vitest";
import { isEmpty, isPlain, listHref, listInput, rangeText, readListState } from "#components/records/list-state";
import { accountEndpoints } from "#lib/contract/records";

const filters = { type: (value: string) => ({ "filter[type]": value }) };
const read = (params: Record<string, string | string[]>) => readListState(accountEndpoints.list, filters, params);

test("a URL without parameters lists everything, newest first", () => {
  const state = read({});
  expect(isPlain(state)).toBe(true);
  expect(listInput(state, filters)).toEqual({ limit: "25", count: "true", sort: "-created_at" });
  expect(listHref("/acme/accounts", state)).toBe("/acme/accounts");
});

test("what the contract would reject is skipped, and the rest stays", () => {
  const state = read({ type: "nonsense", sort: "shoe_size", q: "pine", stray: "1", cursor: "" });
  expect(state).toEqual({ q: "pine", sort: "-created_at", filters: {}, cursor: null, from: 1 });
  expect(read({ type: ["customer", "vendor"] }).filters).toEqual({});
});

test("the state goes to the API and back into the URL, the cursor only for the next page", () => {
  const state = read({ type: "customer", sort: "name", q: "a b", cursor: "abc" });
  expect(listInput(state, filters)).toEqual({
    limit: "25",
    count: "true",
    sort: "name",
    q: "a b",
    cursor: "abc",
    "filter[type]": "customer",
  });
  expect(listHref("/a", state)).toBe("/a?type=customer&q=a+b&sort=name");
  const next = { cursor: "next", from: 26 };
  expect(listHref("/a", state, next)).toBe("/a?type=customer&q=a+b&sort=name&cursor=next&from=26");
});

test("a search is cut to a length that the API accepts", () => {
  expect(accountEndpoints.list.query.safeParse({ q: read({ q: "ä".repeat(900) }).q }).success).toBe(true);
});

test("a list is empty only if nothing narrows it", () => {
  expect(isEmpty(read({}), 0)).toBe(true);
  expect(isEmpty(read({ q: "x" }), 0)).toBe(false);
  expect(isEmpty(read({ cursor: "x" }), 0)).toBe(false);
});

test("a page says which rows it has, and of how many", () => {
  const counted = { next_cursor: null, total_count: 5014, total_is_exact: true };
  expect(rangeText(read({}), 25, counted)).toBe("1–25 of 5,014");
  expect(rangeText(read({ cursor: "x", from: "5001" }), 14, counted)).toBe("5,001–5,014 of 5,014");
  expect(rangeText(read({}), 1, { ...counted, total_count: 1 })).toBe("1 of 1");
  const many = { ...counted, total_count: 10_000, total_is_exact: false };
  expect(rangeText(read({ cursor: "x", from: "26" }), 25, many)).toBe("26–50 of 10,000+");
});

test("an impossible position in the list is read as the first", () => {
  for (const from of ["0", "-5", "1.5", "x", "9".repeat(10)]) expect(read({ cursor: "x", from }).from).toBe(1);
  expect(read({ from: "26" }).from).toBe(1);
});
