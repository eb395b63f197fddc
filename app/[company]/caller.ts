import { cache } from "react";
import { listCompanies } from "#lib/contract/companies";
import { readMe } from "#lib/contract/me";
import { companies } from "#lib/domain/companies";
import { me } from "#lib/domain/me";
import { page } from "#lib/page";

/** Who is signed in, as a member of this company, and what they may do. Loaded once per request. */
export const callerOf = cache((company: string) => page(company, (ask) => ask(readMe, me.read)));

/** All companies of the person who is signed in. Loaded once per request. */
export const myCompanies = cache((company: string) => page(company, (ask) => ask(listCompanies, companies.list)));
