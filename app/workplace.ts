import { cookies, headers } from "next/headers";
import { cache } from "react";
import { z } from "zod";
import { company, listCompanies } from "#lib/contract/companies";
import { me, readMe } from "#lib/contract/me";
import { companies } from "#lib/domain/companies";
import { me as caller } from "#lib/domain/me";
import { type Ask, ifSignedIn, page } from "#lib/page";

/** Where a person works, for pages without a company in their URL. `place` is null for a person without a company. */

const member = me.shape.member.unwrap().pick({ name: true, email: true });
const contract = {
  ...listCompanies,
  output: z.object({ companies: z.array(company), place: z.object({ company, member }).nullable() }),
};

async function load(ask: Ask) {
  const preferred = await preferredSlugs();
  const { user } = await ask(readMe, caller.read);
  const found = await ask(contract, async (tx, principal) => {
    const { data } = await companies.list(tx, principal, {});
    return { companies: data, place: await companies.workplace(tx, principal, data, preferred) };
  });
  return { user, ...found };
}

/** The company of the URL, as in `/acme/no-such-page`, or else the one that this browser was in last. */
async function preferredSlugs(): Promise<string[]> {
  const path = (await headers()).get("x-pathname") ?? "";
  const last = (await cookies()).get("repdesk-company")?.value;
  return [path.split(/[/?]/)[1], last].filter((slug) => slug !== undefined);
}

/** For a page that requires a session. */
export const workplace = () => page(null, load);

/** For a public page; null for strangers. Loaded once per request. */
export const workplaceIfSignedIn = cache(() => ifSignedIn(load));
