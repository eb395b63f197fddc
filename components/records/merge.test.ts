import { expect, test } from "vitest";
import { merge } from "#components/records/merge";

const before = { name: "Northwind", phone: "1", industry: "Retail", tags: ["a"] as readonly string[] };

test("what only one side changed is kept", () => {
  const { merged, disputed, taken } = merge(
    before,
    { ...before, phone: "2" },
    { ...before, industry: "", tags: ["b"] },
  );
  expect(merged).toEqual({ name: "Northwind", phone: "2", industry: "", tags: ["b"] });
  expect(disputed).toEqual([]);
  expect(taken).toEqual(["industry", "tags"]);
});

test("what both changed differently is disputed, and keeps your value until you decide", () => {
  const { merged, disputed, taken } = merge(before, { ...before, phone: "2" }, { ...before, phone: "3" });
  expect(merged.phone).toBe("2");
  expect(disputed).toEqual(["phone"]);
  expect(taken).toEqual([]);
});

test("the same change on both sides is not disputed", () => {
  const same = { ...before, phone: "2", tags: ["a", "b"] };
  expect(merge(before, same, { ...same })).toMatchObject({ merged: same, disputed: [], taken: [] });
});

test("a field that you cleared and they changed is disputed", () => {
  expect(merge(before, { ...before, phone: "" }, { ...before, phone: "3" }).disputed).toEqual(["phone"]);
});
