import type { RowName } from "./rows.ts";

/** How fast one row has to be compared with another: how many of its requests cost as much CPU as one of the other's. */
export type Target = { row: RowName; of: RowName; atLeast: number };

export const targets: readonly Target[] = [
  { row: "list", of: "bare-list", atLeast: 1.3 },
  { row: "one", of: "bare", atLeast: 1.8 },
  { row: "me", of: "bare", atLeast: 2.2 },
  { row: "cookie", of: "bare-list", atLeast: 1.2 },
  { row: "create", of: "bare", atLeast: 0.8 },
  { row: "unknown", of: "bare", atLeast: 2 },
  { row: "next", of: "bare-list", atLeast: 0.5 },
];
