"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { type FieldFault, faultsOf, fieldOf } from "#components/forms/faults";
import { type FormProblem, problemOf } from "#components/forms/problem";
import { ApiProblem, newKey } from "#lib/contract/client";

type Input = Readonly<Record<string, unknown>>;
type Faults = Readonly<Record<string, string>>;

/** Why a form was rejected: what is said at its fields, and what is said above them. */
export interface Rejection {
  faults?: Faults;
  problem?: FormProblem | null;
}

export interface FormOptions<T> {
  /** Checks the input before it is sent. */
  schema?: z.ZodType<T>;
  /** What the controls hold, by the API's names. Omit it where they are plain inputs: these are read by their own names. */
  input?: Input;
  /** What is wrong and what to do, where a fault's own sentence doesn't say it. */
  words?: (fault: FieldFault) => string | undefined;
  /** Sends the input. The same input sent again has the same key: the first answer may only have been lost. */
  submit: (input: T, key: string) => unknown;
  /** What an error of the API means for this form, where that isn't told by its faults and the general words. */
  onReject?: (error: ApiProblem) => Rejection | undefined | Promise<Rejection | undefined>;
  /** Submitting leads away from the page: the form stays busy until it is gone. */
  leaves?: boolean;
}

/** A submit that failed. `sent`: the server found the faults, not the schema. */
type Failed = Required<Rejection> & { input: Input; sent: boolean };

/**
 * A form: checked when it is submitted, then again while it is corrected. The first wrong field gets the focus, what has no field
 * here becomes a problem for the `ProblemBanner`, and nothing is submitted twice at a time. Spread `props` on the form or hand them
 * to a dialog.
 */
export function useForm<T>({ schema, input, words, submit, onReject, leaves }: FormOptions<T>) {
  const [failed, setFailed] = useState<Failed | null>(null);
  const [typed, setTyped] = useState<Input>({});
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  const attempt = useRef({ body: "", key: "" });
  const now = input ?? typed;

  useEffect(() => {
    if (failed) firstInvalid(form.current)?.focus();
  }, [failed]);

  const read = (element: HTMLFormElement) => input ?? Object.fromEntries(new FormData(element));

  /** Faults of fields that the form has are shown there; of the others, the first one is the form's problem. */
  function assign(found: readonly FieldFault[], fields: Input) {
    const faults: Record<string, string> = {};
    const say = (fault: FieldFault) => words?.(fault) ?? fault.detail;
    for (const fault of found) if (fault.field in fields) faults[fault.field] ??= say(fault);
    const [first] = found;
    return { faults, problem: first && Object.keys(faults).length === 0 ? { text: say(first) } : null };
  }

  async function rejectionOf(error: unknown, sent: Input): Promise<Required<Rejection>> {
    if (!(error instanceof ApiProblem)) return { faults: {}, problem: problemOf(error) };
    try {
      const own = await onReject?.(error);
      const found = error.errors.map((fault) => ({ ...fault, field: fieldOf(fault.pointer) }));
      const { faults, problem } = assign(found, sent);
      if (own) return { faults: { ...faults, ...own.faults }, problem: own.problem ?? null };
      return { faults, problem: found.length > 0 ? problem : problemOf(error) };
    } catch (another) {
      return rejectionOf(another, sent);
    }
  }

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (running.current) return;
    const values = read(event.currentTarget);
    setTyped(values);
    const found = schema ? faultsOf(schema, values) : [];
    if (found.length > 0) return setFailed({ ...assign(found, values), input: values, sent: false });
    const body = JSON.stringify(values);
    if (attempt.current.body !== body) attempt.current = { body, key: newKey() };
    running.current = true;
    setBusy(true);
    try {
      await submit(schema ? schema.parse(values) : (values as T), attempt.current.key);
      attempt.current = { body: "", key: "" };
      setFailed(null);
      if (leaves) return;
    } catch (error) {
      // What the key created was deleted since: it would get the same answer forever.
      if (error instanceof ApiProblem && error.code === "conflict") attempt.current = { body: "", key: "" };
      setFailed({ ...(await rejectionOf(error, values)), input: values, sent: true });
    }
    running.current = false;
    setBusy(false);
  }

  /** A fault of the schema goes once it is corrected, one of the server once its field is edited. */
  function faultsNow({ faults, input: tried, sent }: Failed): Faults {
    if (!sent) {
      const still = schema ? assign(faultsOf(schema, now), now).faults : {};
      return Object.fromEntries(Object.entries(still).filter(([field]) => field in faults));
    }
    const isSame = (field: string) => JSON.stringify(now[field]) === JSON.stringify(tried[field]);
    return Object.fromEntries(Object.entries(faults).filter(([field]) => isSame(field)));
  }

  const shown = busy ? null : failed;
  return {
    faults: shown ? faultsNow(shown) : {},
    problem: shown?.problem ?? null,
    busy,
    /** Whether the last try failed; still so while it is tried again. */
    failed: failed !== null,
    clear: () => setFailed(null),
    props: {
      ref: form,
      onSubmit,
      onChange: () => failed && !input && form.current && setTyped(read(form.current)),
      noValidate: true,
      method: "post",
    } as const,
  };
}

/** In a group of radios, the one that Tab leads to. */
function firstInvalid(form: HTMLFormElement | null): HTMLElement | null {
  const wrong = form?.querySelector<HTMLElement>("[aria-invalid=true]") ?? null;
  return wrong && wrong.tabIndex < 0 ? wrong.querySelector("[tabindex='0']") : wrong;
}
