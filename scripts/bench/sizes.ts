import { parseArgs } from "node:util";
import { account } from "#lib/nouns/account";
import { contact } from "#lib/nouns/contact";
import { note } from "#lib/nouns/note";
import type { Ends } from "../local/stopping.ts";
import { say } from "../project.ts";
import { startBenchParts } from "./server.ts";
import { type BigCompany, fill } from "./sizes-data.ts";
import { combinations, inWords, shuffled } from "./sizes-lists.ts";
import { type Measured, type Timer, timerOf } from "./sizes-timer.ts";

const sizes = [10_000, 100_000, 500_000, 2_000_000];

/**
 * `npm run bench -- sizes [500000 …]`: how long lists take in the database, for companies of different sizes. Only reports.
 * `--minutes`: the most that the combinations of one size take. Those that don't fit are left out at random.
 */
export async function measureSizes(ends: Ends, args: string[]): Promise<boolean> {
  const options = { minutes: { type: "string", default: "15" } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const wanted = positionals.length > 0 ? positionals.map(Number) : sizes;
  if (!wanted.every((size) => Number.isSafeInteger(size) && size >= 1_000))
    throw new Error("A size is a number of contacts from 1000 on.");
  const parts = await startBenchParts(ends);
  const rows: Summary[] = [];
  for (const size of wanted) {
    say(`\nFilling a company with ${size.toLocaleString("en")} contacts …`);
    const company = await fill(parts.superuserUrl, size);
    const timer = await timerOf(parts.settings, company.credential);
    rows.push(summary(size, await measureLists(timer, company, Number(values.minutes))));
    await measureMore(timer, company);
    await company.sql.end();
  }
  say(`\n${cells("contacts", "lists", "p50 ms", "p95 ms", "max ms", "≤ 50 ms", "≤ 250 ms", "p95 grows")}`);
  for (const [index, row] of rows.entries()) say(rowOf(row, rows[index - 1]));
  return true;
}

/** Measures every combination and prints the slowest ones. */
export async function measureLists(timer: Timer, company: BigCompany, minutes: number): Promise<Measured[]> {
  const all = [...combinations(account, company), ...combinations(contact, company), ...combinations(note, company)];
  const until = Date.now() + minutes * 60_000;
  const measured: Measured[] = [];
  for (const asked of shuffled(all)) {
    if (Date.now() > until) break;
    measured.push(await timer.time(asked));
  }
  say(`Measured ${measured.length} of ${all.length} combinations. The slowest, in ms:`);
  for (const { ms, rows, ...asked } of measured.toSorted((one, other) => other.ms - one.ms).slice(0, 20))
    say(`${ms.toFixed(0).padStart(8)}  ${inWords(asked)} → ${rows}`);
  return measured;
}

/** The `share` of the times that are at most what is returned. */
function percentile(times: readonly number[], share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}

export function summary(size: number, measured: readonly Measured[]): Summary {
  const times = measured.map(({ ms }) => ms).toSorted((one, other) => one - other);
  const within = (most: number) => times.filter((ms) => ms <= most).length / times.length;
  const [p50, p95, max] = [0.5, 0.95, 1].map((share) => percentile(times, share)) as [number, number, number];
  return { size, lists: times.length, p50, p95, max, within50: within(50), within250: within(250) };
}

type Summary = Record<"size" | "lists" | "p50" | "p95" | "max" | "within50" | "within250", number>;

/** A row of the table at the end. `before`: the size before, to compare with. */
export function rowOf({ size, lists, p50, p95, max, within50, within250 }: Summary, before?: Summary): string {
  const grown = before ? `${(p95 / before.p95).toFixed(1)} × for ${(size / before.size).toFixed(0)} ×` : "";
  const share = (part: number) => `${(part * 100).toFixed(1)} %`;
  return cells(size, lists, p50.toFixed(1), p95.toFixed(1), max.toFixed(0), share(within50), share(within250), grown);
}

function cells(...words: (string | number)[]): string {
  return words.map((word) => String(word).padStart(15)).join(" ");
}

/** The depth of a page, and the counts of contacts, which depend on more than the filters. */
export async function measureMore(timer: Timer, { sql, id }: BigCompany): Promise<void> {
  for (const key of ["created_at", "name"] as const) {
    const column = key === "name" ? "name_key" : key;
    const deep = await sql.unsafe(
      `select ${column} as key, id from repdesk.contacts where company_id = '${id}' order by 1, 2 offset (select count(*) * 0.99 from repdesk.contacts where company_id = '${id}') limit 1`,
    );
    const { first, last } = await timer.pages(key, deep[0] as unknown as { key: string | Date; id: string });
    say(
      `sort=${key}: page 1 ${first.toFixed(2)} ms, a page after 99 % of the rows ${last.toFixed(2)} ms (${(last / first).toFixed(2)} ×)`,
    );
  }
  for (const { ms, counted } of await timer.counts())
    say(`GET /accounts, 20 rows with ${counted.toLocaleString("en")} contacts: ${ms.toFixed(1)} ms`);
}
