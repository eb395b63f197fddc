import { existsSync, readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import type { ListQuery } from "#lib/contract/list";
import type { Credential, Principal, Tx } from "#lib/db/company";
import { decodeCursor, encodeCursor } from "#lib/format/cursor";
import { newId } from "#lib/format/ids";
import type { NounName } from "#lib/vocabulary";
import type { Environment } from "../project.ts";
import type { Asked } from "./sizes-lists.ts";

/** `rows`: how many records were returned, or why none were. */
export type Measured = Asked & { ms: number; rows: number | string };

type Page = { data: { id: string; contact_count?: number }[]; pagination: { next_cursor: string | null } };
type List = (tx: Tx, principal: Principal, query: ListQuery) => Promise<Page>;

export type Timer = Awaited<ReturnType<typeof timerOf>>;

/** Longer than a read may take. */
const patienceMs = 5_000;

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}

/**
 * The processor time of the database's process for a connection, in milliseconds: what else runs on the machine doesn't change it, and
 * round trips don't count. Everything is in memory, so it hardly waits for anything else. Elsewhere than on Linux, the time that passes.
 */
function clockOf(pid: number): () => number {
  const path = `/proc/${pid}/schedstat`;
  if (!existsSync(path)) return () => performance.now();
  return () => Number(readFileSync(path, "utf8").split(" ")[0]) / 1e6;
}

/** Runs the lists' verbs like a request, in the app's own transaction, and measures them. */
export async function timerOf(settings: Environment, credential: Credential) {
  Object.assign(process.env, settings, { APP_URL: "http://localhost:3000" });
  const [{ asCaller }, { accounts }, { contacts }, { notes }] = await Promise.all([
    import("#lib/db/company"),
    import("#lib/domain/accounts"),
    import("#lib/domain/contacts"),
    import("#lib/domain/notes"),
  ]);
  const lists: Record<NounName, List> = { account: accounts.list, contact: contacts.list, note: notes.list };
  const origin = { address: "203.0.113.7", network: "203.0.113.7", prefix: "203.0.113.0" };

  function inside<T>(work: (tx: Tx, principal: Principal) => Promise<T>): Promise<T> {
    const request = { credential, company: null, need: "required", request_id: newId("req"), origin } as const;
    const signal = AbortSignal.timeout(patienceMs);
    return asCaller({ ...request, signal, read_only: true }, (tx, caller) => work(tx, caller as Principal));
  }

  /** The median of several runs. The first one only fills the caches. */
  async function timed(tx: Tx, runs: number, work: () => Promise<unknown>): Promise<number> {
    const [backend] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    const clock = clockOf(backend?.pid ?? 0);
    const times: number[] = [];
    for (let run = 0; run <= runs; run += 1) {
      const began = clock();
      await work();
      times.push(clock() - began);
    }
    return median(times.slice(1));
  }

  async function time(asked: Asked): Promise<Measured> {
    const began = performance.now();
    try {
      return await inside(async (tx, principal) => {
        let rows = 0;
        const ms = await timed(tx, 3, async () => {
          rows = (await lists[asked.noun](tx, principal, asked.query)).data.length;
        });
        return { ...asked, ms, rows };
      });
    } catch (error) {
      const { code, name } = error as { code?: string; name: string };
      return { ...asked, ms: performance.now() - began, rows: code ?? name };
    }
  }

  const all: ListQuery = {
    limit: 50,
    cursor: null,
    sort: { key: "created_at", descending: false },
    q: null,
    filters: [],
    include: [],
  };

  /** The times of the first page of contacts and of the page after a record. */
  async function pages(
    key: string,
    after: { key: string | Date; id: string },
  ): Promise<{ first: number; last: number }> {
    const query = { ...all, sort: { key, descending: false } };
    return inside(async (tx, principal) => {
      const { pagination } = await contacts.list(tx, principal, query);
      const { digest = "" } = decodeCursor(pagination.next_cursor ?? "") ?? {};
      const text = after.key instanceof Date ? after.key.toISOString() : after.key;
      const cursor = encodeCursor({ key: text, id: after.id, digest });
      const first = await timed(tx, 100, () => contacts.list(tx, principal, query));
      const last = await timed(tx, 100, () => contacts.list(tx, principal, { ...query, cursor }));
      return { first, last };
    });
  }

  /** The time of a page of accounts, for different numbers of contacts on it. */
  async function counts(): Promise<{ ms: number; counted: number }[]> {
    const found: { ms: number; counted: number }[] = [];
    for (const sort of ["-created_at", "created_at", "name", "-name", "-updated_at"]) {
      const query = { ...all, limit: 20, sort: { key: sort.replace("-", ""), descending: sort.startsWith("-") } };
      await inside(async (tx, principal) => {
        const { data } = await accounts.list(tx, principal, query);
        const counted = data.reduce((sum, { contact_count }) => sum + contact_count, 0);
        found.push({ counted, ms: await timed(tx, 10, () => accounts.list(tx, principal, query)) });
      });
    }
    return found.toSorted((one, other) => one.counted - other.counted);
  }

  return { time, pages, counts };
}
