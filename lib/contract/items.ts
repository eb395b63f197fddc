import { z } from "zod";
import { line } from "#lib/contract/fields";
import type { FilterOptions } from "#lib/contract/list";

/** A list of at most `max` items, each of them once. A second one is a fault that names the first: nothing is dropped in silence. */
export function distinct<T extends z.ZodType<string>>(item: T, max: number) {
  return z
    .array(item)
    .max(max)
    .superRefine((values, context) => {
      if (values.length > max) return;
      for (const [index, value] of values.entries()) {
        const first = values.indexOf(value);
        if (first === index) continue;
        const message = `The same as item ${first + 1}. Send each item once.`;
        context.addIssue({ code: "custom", params: { code: "not_unique" }, message, path: [index] });
      }
    })
    .meta({ uniqueItems: true });
}

/** Filters on tags: those that have any, all or none of some. */
export const tagFilter: FilterOptions = { schema: line(50), operators: ["any", "all", "none"] };

/** Up to 50 tags of 1 to 50 characters, each once. */
export const tags = distinct(line(50), 50);
