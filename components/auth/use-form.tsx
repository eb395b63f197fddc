"use client";

import { type FormEvent, useRef, useState } from "react";
import type { z } from "zod";
import { ApiProblem, Unreachable } from "#lib/contract/client";

/** What went wrong with the whole of it, in words, and what support asks for. */
export type Failure = { text: string; requestId: string | null };
type Errors = Record<string, string>;

type FormOptions<S extends z.ZodType> = {
  schema: S;
  /** Better words for a fault of a field, by `field.code`: `email.blank`. */
  words?: Record<string, string>;
  /** Beside what the fields hold: what a link brought along. */
  more?: Record<string, unknown>;
  /** Sends it. Throws ApiProblem or Unreachable, whose words are shown. */
  submit: (values: z.output<S>) => Promise<void>;
};

/**
 * A form: checked when it is submitted, then again while it is mended. The first wrong field gets the focus. What is typed stays in
 * the fields and nowhere else. Busy until the page has gone elsewhere, so that nobody presses twice.
 */
export function useForm<S extends z.ZodType>({ schema, words = {}, more = {}, submit }: FormOptions<S>) {
  const [errors, setErrors] = useState<Errors>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const read = () => schema.safeParse({ ...Object.fromEntries(new FormData(form.current ?? undefined)), ...more });

  function show(found: Errors) {
    setErrors(found);
    const first = Array.from(form.current?.elements ?? []).find(
      (element) => (element as HTMLInputElement).name in found,
    );
    (first as HTMLElement | undefined)?.focus();
  }

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    setFailure(null);
    const result = read();
    if (!result.success) return show(errorsOf(result.error, words));
    setErrors({});
    setBusy(true);
    try {
      await submit(result.data);
    } catch (error) {
      const { fields, failure } = understand(error, form.current);
      show(fields);
      setFailure(failure);
      setBusy(false);
    }
  }

  /** While mending, a fault goes as soon as it is mended; none comes up under the fingers. */
  function onChange() {
    if (Object.keys(errors).length === 0) return;
    const result = read();
    const found = result.success ? {} : errorsOf(result.error, words);
    setErrors(Object.fromEntries(Object.keys(errors).flatMap((name) => (found[name] ? [[name, found[name]]] : []))));
  }

  const done = () => setBusy(false);
  return {
    errors,
    failure,
    busy,
    done,
    props: { ref: form, onSubmit, onChange, noValidate: true, method: "post" } as const,
  };
}

function errorsOf(error: z.ZodError, words: Record<string, string>): Errors {
  const errors: Errors = {};
  for (const issue of error.issues) {
    const name = String(issue.path[0]);
    const code = issue.code === "custom" ? String(issue.params?.code) : issue.code;
    errors[name] ??= words[`${name}.${code}`] ?? issue.message;
  }
  return errors;
}

/** Faults of fields that the form has stand there; all else is the form's own. */
function understand(error: unknown, form: HTMLFormElement | null): { fields: Errors; failure: Failure | null } {
  if (error instanceof Unreachable) return { fields: {}, failure: { text: error.message, requestId: null } };
  if (!(error instanceof ApiProblem)) throw error;
  const faults = error.errors.map(({ pointer, detail }) => [pointer?.replace(/^#\//, "") ?? "", detail] as const);
  const fields = faults.filter(([name]) => form?.elements.namedItem(name));
  if (fields.length > 0) return { fields: Object.fromEntries(fields), failure: null };
  return {
    fields: {},
    failure: { text: faults[0]?.[1] ?? error.detail, requestId: error.status >= 500 ? error.request_id : null },
  };
}
