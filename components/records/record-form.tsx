"use client";

import type { ChangeEvent } from "react";
import { useState } from "react";
import type { z } from "zod";
import type { FieldFault, Value, Values } from "#components/records/values";
import { faultsOf, same, valuesOf } from "#components/records/values";

type Name<V> = keyof V & string;

export interface RecordForm<V extends Values> {
  values: V;
  /** Whether something is typed that would be lost. */
  edited: boolean;
  set: <F extends Name<V>>(field: F, value: V[F]) => void;
  /** For a text field or textarea. */
  text: (field: Name<V>) => {
    label: string;
    name: string;
    value: string;
    error: string | undefined;
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  };
  /** For a control that hands over its value. */
  control: <F extends Name<V>>(
    field: F,
  ) => {
    label: string;
    name: string;
    value: V[F];
    error: string | undefined;
    onChange: (value: V[F]) => void;
  };
  /** The values as the API takes them; null, with the errors shown, while something is wrong. */
  check: () => Record<string, unknown> | null;
  /** Shows what the API found. Returns whether any of it belongs to a field here. */
  refuse: (faults: readonly FieldFault[]) => boolean;
  /** Measures what is typed by another record from now on: the one that somebody else left. */
  rebase: (origin: V, values: V) => void;
}

/** What a single control needs of a form. */
export type FieldForm<V extends Values> = Pick<RecordForm<V>, "text" | "control">;

interface Rules<V extends Values> {
  empty: V;
  schema: z.ZodType;
  labels: Record<Name<V>, string>;
  words: (fault: FieldFault) => string | undefined;
  /** Completes what people leave out when they type. */
  tidy?: ((field: Name<V>, value: Value) => Value) | undefined;
}

/** The state of a form over a contract's schema: checked on submit, and from then on as it is corrected. */
export function useRecordForm<V extends Values>(rules: Rules<V>, start: object, draft?: V): RecordForm<V> {
  const [origin, setOrigin] = useState(() => valuesOf(start, rules.empty));
  const [values, setValues] = useState(draft ?? origin);
  const [marked, setMarked] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});

  const tidied = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, rules.tidy?.(name as Name<V>, value) ?? value]),
  );
  const now = faultsOf(rules.schema, tidied);
  const say = (fault: FieldFault) => rules.words(fault) ?? fault.detail;
  const errorOf = (field: string) => {
    const fault = marked.includes(field) ? now.find((one) => one.field === field) : undefined;
    return fault ? say(fault) : refused[field];
  };
  const set = (field: string, value: Value) => {
    setValues((old) => ({ ...old, [field]: value }));
    setRefused(({ [field]: _, ...others }) => others);
  };

  return {
    values,
    edited: !same(values, origin),
    set,
    text: (name) => ({
      label: rules.labels[name],
      name,
      value: values[name] as string,
      error: errorOf(name),
      onChange: (event) => set(name, event.target.value),
    }),
    control: (name) => ({
      label: rules.labels[name],
      name,
      value: values[name],
      error: errorOf(name),
      onChange: (value) => set(name, value),
    }),
    check: () => {
      setRefused({});
      setMarked(now.map(({ field }) => field));
      const result = rules.schema.safeParse(tidied);
      return result.success ? (result.data as Record<string, unknown>) : null;
    },
    refuse: (faults) => {
      const ours = faults.filter(({ field }) => field in values);
      setRefused(Object.fromEntries(ours.map((fault) => [fault.field, say(fault)])));
      return ours.length > 0;
    },
    rebase: (nextOrigin, nextValues) => {
      setOrigin(nextOrigin);
      setValues(nextValues);
    },
  };
}
