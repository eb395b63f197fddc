"use client";

import { type FormEvent, useRef, useState } from "react";
import { type FormProblem, problemOf } from "#components/records/problem";
import { useApi } from "#components/shell/api";
import { type Access, type Levels, levelsOf, presets, scopesOf } from "#components/tokens/access";
import { defaultLifetime, type Lifetime, never } from "#components/tokens/expiry";
import { checkToken, serverFaults, type TokenFaults } from "#components/tokens/faults";
import { ApiProblem, newKey } from "#lib/contract/client";
import type { AnswerOf } from "#lib/contract/endpoint";
import { createToken } from "#lib/contract/tokens";
import { tokenLimits } from "#lib/vocabulary";

/** What was typed into the create dialog. It holds no secret, so it may be kept. */
export interface TokenValues {
  name: string;
  access: Access;
  /** By noun, for when the access is chosen. */
  levels: Levels;
  lifetime: Lifetime;
}

export const blankToken: TokenValues = {
  name: "",
  access: "read",
  levels: levelsOf(presets.read),
  lifetime: defaultLifetime,
};

/** What the server has against it: fault by field, or one sentence for all of it. */
interface Refusal {
  faults: TokenFaults;
  problem: FormProblem | null;
}

const notRefused: Refusal = { faults: {}, problem: null };

export function grantedBy({ access, levels }: TokenValues) {
  return access === "chosen" ? scopesOf(levels) : [...presets[access]];
}

function inputOf(values: TokenValues) {
  const { name, lifetime } = values;
  return { name, scopes: grantedBy(values), expires_in_days: lifetime === never ? null : Number(lifetime) };
}

function refusalOf(failure: unknown): Refusal {
  if (!(failure instanceof ApiProblem)) return { faults: {}, problem: problemOf(failure) };
  if (failure.code === "limit_reached") return { faults: {}, problem: { text: limitReached } };
  const faults = serverFaults(failure.errors);
  return { faults, problem: Object.keys(faults).length > 0 ? null : problemOf(failure) };
}

const limitReached = `You have ${tokenLimits.perMember} live tokens, the most allowed. Revoke one first.`;

/** The fields that are wrong are marked once the refusal is rendered. */
function focusFirstFault(form: HTMLFormElement) {
  requestAnimationFrame(() => {
    const wrong = form.querySelector<HTMLElement>("[aria-invalid=true]");
    const control = wrong?.matches("input, button") ? wrong : wrong?.querySelector<HTMLElement>("[tabindex='0']");
    control?.focus();
  });
}

/** The state of the create form: checked on submit, from then on while it is mended. */
export function useTokenForm(onMade: (made: AnswerOf<typeof createToken>) => void) {
  const api = useApi();
  const [values, setValues] = useState(blankToken);
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState(notRefused);
  const [busy, setBusy] = useState(false);
  /** After a lost answer the same token is asked for again, not another one. */
  const attempt = useRef({ body: "", key: "" });

  function change(changed: Partial<TokenValues>) {
    setValues((before) => ({ ...before, ...changed }));
    setRefusal(notRefused);
  }

  function reset(start: TokenValues) {
    setValues(start);
    setTried(false);
    setRefusal(notRefused);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const input = inputOf(values);
    const body = JSON.stringify(input);
    setTried(true);
    setRefusal(notRefused);
    if (Object.keys(checkToken(input)).length > 0) return focusFirstFault(form);
    if (attempt.current.body !== body) attempt.current = { body, key: newKey() };
    setBusy(true);
    try {
      onMade(await api.call(createToken, input, { key: attempt.current.key }));
      attempt.current = { body: "", key: "" };
    } catch (failure) {
      setRefusal(refusalOf(failure));
      focusFirstFault(form);
    } finally {
      setBusy(false);
    }
  }

  const faults = { ...(tried ? checkToken(inputOf(values)) : {}), ...refusal.faults };
  const edited = JSON.stringify(values) !== JSON.stringify(blankToken);
  return { values, edited, change, reset, submit, busy, faults, problem: refusal.problem };
}

export type TokenForm = ReturnType<typeof useTokenForm>;
