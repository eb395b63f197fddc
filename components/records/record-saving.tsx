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
  /** Holds what is typed, for the draft. */
  typed: RefObject<V | null>;
  /** Saves again by itself if others changed only other fields. Otherwise their changes are shown first. */
  saveAgain?: boolean;
  /** Brings the page up to date; the form stays, busy, until it is. */
  onSaved: (record: R) => Promise<void>;
  onClose: () => void;
}

/** Somebody else's change, and who made it. */
export type Conflicting<V extends Values> = Merge<V> & { by: RecordBase["updated_by"] };

/** How often a change is sent again by itself. */
const mostAgain = 3;

/** Sends a form to the API and takes what comes back: a record, faults, or somebody else's change. */
export function useRecordSaving<R extends RecordBase, V extends Values>(plan: SavingPlan<R, V>) {
  const { kind, onSaved, onClose } = plan;
  const api = useApi();
  const { company } = useParams<{ company: string }>();
  const form = useRecordForm(kind, plan.record ?? { ...kind.empty, ...plan.start }, plan.draft);
  const [base, setBase] = useState(plan.record);
  const [theirs, setTheirs] = useState<Conflicting<V> | null>(null);
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

  async function save(input: Record<string, unknown>, from: R | undefined, again: number): Promise<R> {
    if (!from) return kind.create(api, input, { key: keyFor(input) });
    const changes = changesFrom(from, input);
    if (Object.keys(changes).length === 0) return from;
    try {
      return await kind.update(api, from.id, from.version, changes);
    } catch (error) {
      if (again === 0 || !isConflict(error)) throw error;
      const now = await kind.read(api, from.id);
      if (mergeWith(from, now).disputed.length > 0) throw error;
      return save(input, now, again - 1);
    }
  }

  function mergeWith(old: R, now: R) {
    return merge(valuesOf(old, kind.empty), typed.current ?? form.values, valuesOf(now, kind.empty));
  }

  /** Measures one's own changes by the record as it is now. */
  async function rebase(old: R): Promise<void> {
    const now = await kind.read(api, old.id);
    const { merged, ...result } = mergeWith(old, now);
    form.rebase(valuesOf(now, kind.empty), merged);
    setBase(now);
    setTheirs({ ...result, by: now.updated_by });
  }

  async function refuse(error: unknown): Promise<void> {
    if (!(error instanceof ApiProblem)) return setProblem(problemOf(error));
    if (isConflict(error) && base) return rebase(base).catch(refuse);
    if (error.code === "not_found" && base) return setProblem({ text: gone(kind.noun) });
    const faults = error.errors.map((fault) => ({ ...fault, field: fieldOf(fault.pointer) ?? "" }));
    const ours = form.refuse(faults);
    if (ours) setFaulty((times) => times + 1);
    const { code, existing_id } = error;
    if (code === "duplicate" && existing_id) {
      const existing = { href: kind.href(company, existing_id), label: `Open that ${kind.noun}` };
      setProblem({ text: `Another ${kind.noun} has this already.`, existing });
    } else if (!ours) {
      // A rule about several fields may be broken in one that this form doesn't have.
      const [fault] = faults;
      setProblem(fault ? { text: kind.words(fault) ?? fault.detail } : problemOf(error));
    }
  }

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (busy) return;
    setProblem(null);
    const input = form.check();
    if (!input) return setFaulty((times) => times + 1);
    setBusy(true);
    try {
      await onSaved(await save(input, base, plan.saveAgain ? mostAgain : 0));
      onClose();
    } catch (error) {
      await refuse(error);
    } finally {
      setBusy(false);
    }
  }

  return { form, theirs, problem, busy, faulty, submit };
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === "version_mismatch";
}

function gone(noun: string): string {
  return `Somebody deleted this ${noun}, so it can't be saved. Copy what you want to keep.`;
}
