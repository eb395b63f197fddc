import { cache } from "react";
import { listCompanies } from "#lib/contract/companies";
import { readMe } from "#lib/contract/me";
import { companies } from "#lib/domain/companies";
import { me } from "#lib/domain/me";
import { page } from "#lib/page";

/** Who is signed in, as a member of this company, and what they may do. Asked once a page. */
export const callerOf = cache((company: string) => page(readMe, me.read, { company }));

/** All companies of who is signed in. Asked once a page. */
export const myCompanies = cache(() => page(listCompanies, companies.list, {}));
