import { listCompanies } from "#lib/contract/companies";
import type { AnswerOf } from "#lib/contract/endpoint";
import { listTokens } from "#lib/contract/tokens";
import { companies } from "#lib/domain/companies";
import { tokens } from "#lib/domain/tokens";
import { page } from "#lib/page";
import { callerOf } from "../../../caller";

/** What the token page shows, as its URL says. */
export interface View {
  status: "active" | "ended";
  everybody: boolean;
  cursor: string | undefined;
}

type Search = Record<string, string | string[] | undefined>;

const statuses = { active: "active,suspended", ended: "expired,revoked" } as const;
const rows = 25;
/** The most that a list gives at once: so far the tabs count. */
const countedTo = 200;

export function viewOf(search: Search): View {
  return {
    status: search.status === "ended" ? "ended" : "active",
    everybody: search.owner === "all",
    cursor: typeof search.cursor === "string" ? search.cursor : undefined,
  };
}

/** Addresses of the page with one thing changed; another list begins at its first page. */
export function hrefOf(slug: string, view: View) {
  return (changed: Partial<View>) => {
    const { status, everybody, cursor } = {
      ...view,
      ...("cursor" in changed ? {} : { cursor: undefined }),
      ...changed,
    };
    const query = new URLSearchParams();
    if (status === "ended") query.set("status", "ended");
    if (everybody) query.set("owner", "all");
    if (cursor) query.set("cursor", cursor);
    return `/${slug}/settings/api-tokens${query.size > 0 ? `?${query}` : ""}`;
  };
}

export type TokenPage = AnswerOf<typeof listTokens>;

function list(slug: string, view: View, limit: number): Promise<TokenPage> {
  const { status, everybody, cursor } = view;
  const input = {
    "filter[status][in]": statuses[status],
    owner: everybody ? "all" : "me",
    limit: String(limit),
    cursor,
  };
  return page(listTokens, tokens.list, { company: slug, input });
}

/** How many there are; undefined beyond what one page can count. */
async function count(slug: string, view: View): Promise<number | undefined> {
  const { data, pagination } = await list(slug, { ...view, cursor: undefined }, countedTo);
  return pagination.has_more ? undefined : data.length;
}

export async function readPage(slug: string, asked: View) {
  const [mine, all] = await Promise.all([callerOf(slug), page(listCompanies, companies.list, {})]);
  const { company, member, permissions } = mine;
  if (company === null || member === null) throw new Error("a page inside a company has a company and a member");
  // A link to everybody's tokens, followed by somebody who may see their own.
  const view = { ...asked, everybody: asked.everybody && permissions.includes("tokens:all") };
  const [shown, active, ended] = await Promise.all([
    list(slug, view, rows),
    count(slug, { ...view, status: "active" }),
    count(slug, { ...view, status: "ended" }),
  ]);
  return { view, company, member, permissions, companies: all.data, tokens: shown, counts: { active, ended } };
}
