import { cache } from "react";
import { listCompanies } from "#lib/contract/companies";
import { readMe } from "#lib/contract/me";
import { companies } from "#lib/domain/companies";
import { me } from "#lib/domain/me";
import { page } from "#lib/page";

/** The signed-in person as a member of this company, and their permissions. Loaded once per request. */
export const callerOf = cache((company: string) => page(company, (ask) => ask(readMe, me.read)));

/** All companies of the signed-in person. Loaded once per request. */
export const myCompanies = cache((company: string) => page(company, (ask) => ask(listCompanies, companies.list)));
