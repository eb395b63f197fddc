import { expect, test } from "vitest";
import { isEmpty, isPlain, listHref, listInput, readListState } from "#components/records/list-state";
import { accountEndpoints } from "#lib/contract/records";

const filters = { type: (value: string) => ({ "filter[type]": value }) };
const read = (params: Record<string, string | string[]>) => readListState(accountEndpoints.list, filters, params);

test("an address without anything is the newest first, all of them", () => {
  const state = read({});
  expect(isPlain(state)).toBe(true);
  expect(listInput(state, filters)).toEqual({ limit: "25", sort: "-created_at" });
  expect(listHref("/acme/accounts", state)).toBe("/acme/accounts");
});

test("what the contract would refuse is left out, and the rest stays", () => {
  const state = read({ type: "nonsense", sort: "shoe_size", q: "pine", stray: "1", cursor: "" });
  expect(state).toEqual({ q: "pine", sort: "-created_at", filters: {}, cursor: null });
  expect(read({ type: ["customer", "vendor"] }).filters).toEqual({});
});

test("the state goes to the API and back into the address, the cursor only for the next page", () => {
  const state = read({ type: "customer", sort: "name", q: "a b", cursor: "abc" });
  expect(listInput(state, filters)).toEqual({
    limit: "25",
    sort: "name",
    q: "a b",
    cursor: "abc",
    "filter[type]": "customer",
  });
  expect(listHref("/a", state)).toBe("/a?type=customer&q=a+b&sort=name");
  expect(listHref("/a", state, "next")).toBe("/a?type=customer&q=a+b&sort=name&cursor=next");
});

test("a search of any length is one that the API takes", () => {
  expect(accountEndpoints.list.query.safeParse({ q: read({ q: "ä".repeat(900) }).q }).success).toBe(true);
});

test("a list is empty only where nothing narrows it", () => {
  expect(isEmpty(read({}), 0)).toBe(true);
  expect(isEmpty(read({ q: "x" }), 0)).toBe(false);
  expect(isEmpty(read({ cursor: "x" }), 0)).toBe(false);
});
