"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { fieldOf } from "#components/forms/faults";
import { problemOf } from "#components/forms/problem";
import { atMost } from "#components/records/at-most";
import type { RecordKind } from "#components/records/record-kind";
import type { RecordBase, Values } from "#components/records/values";
import { useVisit } from "#components/records/visit";
import { ApiProblem, type Client } from "#lib/contract/client";

/** The number of concurrent calls. */
const atOnce = 5;

interface Failure {
  id: string;
  name: string;
  text: string;
}

export interface Bulk<R> {
  /** While the work runs: how many records are done. */
  done: number | null;
  total: number;
  /** What failed in the last run. Running again tries only these. */
  failures: readonly Failure[];
  /** Runs `work` for each record. Resolves with the counts once the page shows the result. */
  run: (work: (record: R) => Promise<unknown>) => Promise<{ succeeded: number; failed: number }>;
}

/** How often a record is read again if someone else changes it at the same time. */
const mostAgain = 3;

/** Updates a record's current version. `changes` returns what to send for the current record, or null to send nothing. */
export async function updateLatest<R extends RecordBase, V extends Values>(
  kind: RecordKind<R, V>,
  api: Client,
  record: R,
  changes: (record: R) => Record<string, unknown> | null,
  again = mostAgain,
): Promise<void> {
  const sent = changes(record);
  if (sent === null) return;
  try {
    await kind.update(api, record.id, record.version, sent);
  } catch (error) {
    if (again === 0 || !(error instanceof ApiProblem && error.code === "version_mismatch")) throw error;
    await updateLatest(kind, api, await kind.read(api, record.id), changes, again - 1);
  }
}

/** An action on several records: one API call and one result for each. */
export function useBulk<R extends RecordBase, V extends Values>(
  kind: RecordKind<R, V>,
  records: readonly R[],
): Bulk<R> {
  const router = useRouter();
  const visit = useVisit();
  const [done, setDone] = useState<number | null>(null);
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const again = new Set(failures.map(({ id }) => id));
  const todo = failures.length > 0 ? records.filter(({ id }) => again.has(id)) : records;

  async function run(work: (record: R) => Promise<unknown>) {
    const failed: Failure[] = [];
    setDone(0);
    await atMost(atOnce, todo, async (record) => {
      try {
        await work(record);
      } catch (error) {
        failed.push({ id: record.id, name: record.name, text: textOf(kind, error) });
      }
      setDone((count) => (count ?? 0) + 1);
    });
    await visit(() => router.refresh());
    setDone(null);
    setFailures(failed);
    return { succeeded: todo.length - failed.length, failed: failed.length };
  }

  return { done, total: todo.length, failures, run };
}

function textOf<R extends RecordBase, V extends Values>(kind: RecordKind<R, V>, error: unknown): string {
  if (!(error instanceof ApiProblem)) return problemOf(error, false).text;
  if (error.code === "version_mismatch") return "Someone changed it a moment ago.";
  const [fault] = error.errors;
  if (!fault) return problemOf(error, false).text;
  return kind.words({ ...fault, field: fieldOf(fault.pointer) }) ?? fault.detail;
}
