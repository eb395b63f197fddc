import { z } from "zod";
import { listCompanies } from "#lib/contract/companies";
import type { AnswerOf } from "#lib/contract/endpoint";
import { readMe } from "#lib/contract/me";
import { listTokens } from "#lib/contract/tokens";
import { companies } from "#lib/domain/companies";
import { me } from "#lib/domain/me";
import { tokens } from "#lib/domain/tokens";
import { page } from "#lib/page";

/** What the token page shows, read from its URL. */
export interface View {
  status: "active" | "ended";
  everyone: boolean;
  cursor: string | undefined;
}

type Search = Record<string, string | string[] | undefined>;

const statuses = { active: "active,suspended", ended: "expired,revoked" } as const;
const rows = "25";

export function viewOf(search: Search): View {
  return {
    status: search.status === "ended" ? "ended" : "active",
    everyone: search.owner === "all",
    cursor: typeof search.cursor === "string" ? search.cursor : undefined,
  };
}

/** What a link to the create dialog asks for. */
export function linkOf(search: Search): { name?: string; scopes?: string; days?: string } {
  const asked = ["name", "scopes", "days"].flatMap((key) => {
    const value = search[key];
    return typeof value === "string" ? [[key, value]] : [];
  });
  return Object.fromEntries(asked);
}

/** Returns the page's URL with a part of the view changed. Another list starts at its first page. */
export function hrefOf(slug: string, view: View) {
  return (changed: Partial<View>) => {
    const { status, everyone, cursor } = {
      ...view,
      ...("cursor" in changed ? {} : { cursor: undefined }),
      ...changed,
    };
    const query = new URLSearchParams();
    if (status === "ended") query.set("status", "ended");
    if (everyone) query.set("owner", "all");
    if (cursor) query.set("cursor", cursor);
    return `/${slug}/settings/api-tokens${query.size > 0 ? `?${query}` : ""}`;
  };
}

export type TokenPage = AnswerOf<typeof listTokens>;

/** Counts the tokens on each tab. */
const countTokens = {
  ...listTokens,
  list: undefined,
  query: z.object({ owner: z.enum(["me", "all"]) }),
  output: z.object({ active: z.int(), ended: z.int() }),
};

/** With their calls on each of the last 30 days, by id. */
const listWithCalls = {
  ...listTokens,
  output: listTokens.output.extend({ calls: z.record(z.string(), z.array(z.int())) }),
};

export function readPage(slug: string, asked: View) {
  return page(slug, async (ask) => {
    const { company, member, permissions } = await ask(readMe, me.read);
    if (company === null || member === null) throw new Error("A page in a company has a company and a member.");
    // Someone who can see only their own tokens may follow a link to everyone's.
    const view = { ...asked, everyone: asked.everyone && permissions.includes("tokens:all") };
    const owner = view.everyone ? "all" : "me";
    const input = { "filter[status][in]": statuses[view.status], owner, limit: rows, cursor: view.cursor } as const;
    return {
      ...{ view, company, member, permissions },
      companies: (await ask(listCompanies, companies.list)).data,
      tokens: await ask(
        listWithCalls,
        async (tx, principal, asked) => {
          const found = await tokens.list(tx, principal, asked);
          return {
            ...found,
            calls: await tokens.callsOf(
              tx,
              principal,
              found.data.map(({ id }) => id),
            ),
          };
        },
        input,
      ),
      counts: await ask(countTokens, tokens.count, { owner }),
    };
  });
}
