import type { z } from "zod";
import type { pagination } from "#lib/contract/list";

/** Results whose records PostgreSQL has already written as JSON, with all their fields. */

export type RenderedRecord = { rendered: "record"; record: string; version: number };
export type RenderedPage = {
  rendered: "page";
  /** The records, separated by commas. */
  records: string;
  pagination: z.output<typeof pagination>;
};
export type Rendered = RenderedRecord | RenderedPage;
