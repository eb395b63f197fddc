"use client";

import type { Token } from "#components/tokens/cells";
import type { Client } from "#lib/contract/client";
import { restoreToken, resumeToken } from "#lib/contract/token-life";
import { readToken, updateToken } from "#lib/contract/tokens";
import type { Scope } from "#lib/vocabulary";

/** Calls without a dialog. Loaded when one is made: the contracts are larger than the page. */

export function read(api: Client, id: string, signal?: AbortSignal): Promise<Token> {
  return api.call(readToken, { id }, signal && { signal });
}

/** Lets a suspended or revoked token work again. Resolves with the token. */
export async function revive(api: Client, how: "resume" | "restore", id: string): Promise<Token> {
  await api.call(how === "resume" ? resumeToken : restoreToken, { id });
  return read(api, id);
}

/** Takes away the scopes that aren't listed. */
export function narrow(api: Client, { id, version }: Token, scopes: readonly Scope[]): Promise<Token> {
  return api.call(updateToken, { id, scopes: [...scopes], if_version: version });
}
