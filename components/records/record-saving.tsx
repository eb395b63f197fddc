"use client";

import { useParams } from "next/navigation";
import type { FormEvent, RefObject } from "react";
import { useEffect, useRef, useState } from "react";
import { type Merge, merge } from "#components/records/merge";
import type { FormProblem } from "#components/records/problem";
import { problemOf } from "#components/records/problem";
import { useRecordForm } from "#components/records/record-form";
import type { RecordKind } from "#components/records/record-kind";
import type { RecordBase, Values } from "#components/records/values";
import { changesFrom, fieldOf, valuesOf } from "#components/records/values";
import { useApi } from "#components/shell/api";
import { ApiProblem, newKey } from "#lib/contract/client";

export interface SavingPlan<R extends RecordBase, V extends Values> {
  kind: RecordKind<R, V>;
  /** The one to edit; without it one is created. */
  record?: R | undefined;
  /** What a new one begins with. */
  start?: Partial<V> | undefined;
  /** What was typed before the session ended. */
  draft?: V | undefined;
  /** Where the present values are found, for whoever has to keep them. */
  typed: RefObject<V | null>;
  /** Brings the page up to date; the form stays, busy, until it is. */
  onSaved: (record: R) => Promise<void>;
  onClose: () => void;
}

/** A form's way to the API and what comes back from it: a record, faults, or somebody else's change. */
export function useRecordSaving<R extends RecordBase, V extends Values>(plan: SavingPlan<R, V>) {
  const { kind, onSaved, onClose } = plan;
  const api = useApi();
  const { company } = useParams<{ company: string }>();
  const form = useRecordForm(kind, plan.record ?? { ...kind.empty, ...plan.start }, plan.draft);
  const [base, setBase] = useState(plan.record);
  const [theirs, setTheirs] = useState<Merge<V> | null>(null);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const [busy, setBusy] = useState(false);
  /** Counts the times that a field was found at fault: focus goes to the first one then. */
  const [faulty, setFaulty] = useState(0);
  const sent = useRef({ text: "", key: "" });
  const { typed } = plan;
  useEffect(() => {
    typed.current = form.edited ? form.values : null;
  });

  /** The same text sent again is the same request: its first answer may only have been lost on the way. */
  function keyFor(input: object): string {
    const text = JSON.stringify(input);
    if (sent.current.text !== text) sent.current = { text, key: newKey() };
    return sent.current.key;
  }

  async function save(input: Record<string, unknown>): Promise<R> {
    if (!base) return kind.create(api, input, { key: keyFor(input) });
    const changes = changesFrom(base, input);
    return Object.keys(changes).length === 0 ? base : kind.update(api, base.id, base.version, changes);
  }

  /** The record as it stands now becomes what one's own changes are measured by. */
  async function takeIn(old: R): Promise<void> {
    const now = await kind.read(api, old.id);
    const present = valuesOf(now, kind.empty);
    const { merged, ...result } = merge(valuesOf(old, kind.empty), typed.current ?? form.values, present);
    form.rebase(present, merged);
    setBase(now);
    setTheirs(result);
  }

  async function refuse(error: unknown): Promise<void> {
    if (!(error instanceof ApiProblem)) return setProblem(problemOf(error));
    if (error.code === "version_mismatch" && base) return takeIn(base).catch(refuse);
    if (error.code === "not_found" && base) return setProblem({ text: gone(kind.noun) });
    const faults = error.errors.map((fault) => ({ ...fault, field: fieldOf(fault.pointer) ?? "" }));
    const ours = form.refuse(faults);
    if (ours) setFaulty((times) => times + 1);
    const { code, existing_id } = error;
    if (code === "duplicate" && existing_id) {
      const existing = { href: kind.href(company, existing_id), label: `Open that ${kind.noun}` };
      setProblem({ text: `Another ${kind.noun} has this already.`, existing });
    } else if (!ours) setProblem(problemOf(error));
  }

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (busy) return;
    setProblem(null);
    const input = form.check();
    if (!input) return setFaulty((times) => times + 1);
    setBusy(true);
    try {
      await onSaved(await save(input));
      onClose();
    } catch (error) {
      await refuse(error);
    } finally {
      setBusy(false);
    }
  }

  return { form, theirs, problem, busy, faulty, submit };
}

function gone(noun: string): string {
  return `Somebody deleted this ${noun} meanwhile, so it can't be saved. Copy what you want to keep.`;
}
