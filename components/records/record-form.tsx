"use client";

import { useParams } from "next/navigation";
import type { RefObject } from "react";
import { useEffect, useState } from "react";
import type { Rejection } from "#components/forms/use-form";
import { useForm } from "#components/forms/use-form";
import { type Merge, merge } from "#components/records/merge";
import type { RecordForm, RecordKind } from "#components/records/record-kind";
import type { RecordBase, Value, Values } from "#components/records/values";
import { changesFrom, same, valuesOf } from "#components/records/values";
import { useApi } from "#components/shell/api";
import { ApiProblem } from "#lib/contract/client";

type Name<V> = keyof V & string;

export interface RecordPlan<R extends RecordBase, V extends Values> {
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

/** Someone else's change, and who made it. */
export type Conflicting<V extends Values> = Merge<V> & { by: RecordBase["updated_by"] };

/** How often a change is sent again by itself. */
const mostAgain = 3;

/** The form of a record over the contract's schema. Saving takes back a record, or someone else's change. */
export function useRecordForm<R extends RecordBase, V extends Values>(plan: RecordPlan<R, V>) {
  const { kind, typed, onSaved, onClose } = plan;
  const api = useApi();
  const { company } = useParams<{ company: string }>();
  const [base, setBase] = useState(plan.record);
  const [origin, setOrigin] = useState(() => typedOf(kind, base ?? { ...kind.empty, ...plan.start }));
  const [values, setValues] = useState(plan.draft ?? origin);
  const [theirs, setTheirs] = useState<Conflicting<V> | null>(null);
  const edited = !same(values, origin);
  useEffect(() => {
    typed.current = edited ? values : null;
  });

  async function save(input: Record<string, unknown>, key: string, from: R | undefined, again: number): Promise<R> {
    if (!from) return kind.create(api, input, { key });
    const changes = changesFrom(from, input);
    if (Object.keys(changes).length === 0) return from;
    try {
      return await kind.update(api, from.id, from.version, changes);
    } catch (error) {
      if (again === 0 || !(error instanceof ApiProblem && error.code === "version_mismatch")) throw error;
      const now = await kind.read(api, from.id);
      if (mergeWith(from, now).disputed.length > 0) throw error;
      return save(input, key, now, again - 1);
    }
  }

  function mergeWith(old: R, now: R) {
    return merge(typedOf(kind, old), typed.current ?? values, typedOf(kind, now));
  }

  /** Measures one's own changes by the record as it is now. */
  async function rebase(old: R): Promise<Rejection> {
    const now = await kind.read(api, old.id);
    const { merged, ...result } = mergeWith(old, now);
    setOrigin(typedOf(kind, now));
    setValues(merged);
    setBase(now);
    setTheirs({ ...result, by: now.updated_by });
    return {};
  }

  const form = useForm<Record<string, unknown>>({
    schema: kind.schema,
    input: tidied(kind, values),
    words: kind.words,
    async submit(input, key) {
      await onSaved(await save(input, key, base, plan.saveAgain ? mostAgain : 0));
      onClose();
    },
    onReject({ code, existing_id }) {
      if (base && code === "version_mismatch") return rebase(base);
      if (base && code === "not_found") return { problem: { text: gone(kind.noun) } };
      if (code !== "duplicate" || !existing_id) return undefined;
      const existing = { href: kind.href(company, existing_id), label: `Open that ${kind.noun}` };
      return { problem: { text: `Another ${kind.noun} has this already.`, existing } };
    },
  });

  const set = (field: string, value: Value) => setValues((old) => ({ ...old, [field]: value }));
  const describe = (name: Name<V>) => ({ label: kind.labels[name], name, error: form.faults[name] });
  const fields: RecordForm<V> = {
    values,
    edited,
    set,
    text: (name) => ({
      ...describe(name),
      value: values[name] as string,
      onChange: (event) => set(name, event.target.value),
    }),
    control: (name) => ({ ...describe(name), value: values[name], onChange: (value) => set(name, value) }),
  };
  return { form, fields, theirs };
}

/** A record's values as people type them. */
function typedOf<R extends RecordBase, V extends Values>({ empty, typed }: RecordKind<R, V>, record: object): V {
  const values = valuesOf(record, empty);
  if (!typed) return values;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typed(name, value)])) as V;
}

function tidied<R extends RecordBase, V extends Values>({ tidy }: RecordKind<R, V>, values: V): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, tidy?.(name, value) ?? value]));
}

function gone(noun: string): string {
  return `Someone deleted this ${noun}, so it can't be saved. Copy what you want to keep.`;
}
