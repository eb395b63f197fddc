"use client";

import { useState } from "react";
import { wordsFrom } from "#components/forms/faults";
import { useForm } from "#components/forms/use-form";
import { useApi } from "#components/shell/api";
import { type Access, type Levels, levelsOf, presets, scopesOf } from "#components/tokens/access";
import { defaultLifetime, type Lifetime, never } from "#components/tokens/expiry";
import type { AnswerOf } from "#lib/contract/endpoint";
import { tokenInput } from "#lib/contract/token";
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

function grantedBy({ access, levels }: TokenValues) {
  return access === "chosen" ? scopesOf(levels) : [...presets[access]];
}

function inputOf(values: TokenValues) {
  const { name, lifetime } = values;
  return { name, scopes: grantedBy(values), expires_in_days: lifetime === never ? null : Number(lifetime) };
}

const limitReached = `You have ${tokenLimits.perMember} live tokens, the most allowed. Revoke one first.`;

/** What is wrong with a token's field, where the contract's sentence does not say what to do. */
export const tokenWords = wordsFrom({
  "name blank": "Give the token a name, so you can tell it apart later.",
  "name too_long": `Use at most ${tokenLimits.nameLength} characters for the name.`,
  "scopes too_short": "Choose at least one thing that the token may do.",
});

/** The create form, whose values outlive the dialog. */
export function useTokenForm(onMade: (made: AnswerOf<typeof createToken>) => void) {
  const api = useApi();
  const [values, setValues] = useState(blankToken);
  const form = useForm({
    schema: tokenInput,
    input: inputOf(values),
    words: tokenWords,
    submit: async (input, key) => onMade(await api.call(createToken, input, { key })),
    onReject: ({ code }) => (code === "limit_reached" ? { problem: { text: limitReached } } : undefined),
  });

  const change = (changed: Partial<TokenValues>) => setValues((before) => ({ ...before, ...changed }));

  function reset(start: TokenValues) {
    setValues(start);
    form.clear();
  }

  const edited = JSON.stringify(values) !== JSON.stringify(blankToken);
  return { ...form, values, edited, change, reset };
}

export type TokenForm = ReturnType<typeof useTokenForm>;
