import { cache } from "react";
import { readMe } from "#lib/contract/me";
import { me } from "#lib/domain/me";
import { page } from "#lib/page";

/** Who is signed in, as a member of this company, and what they may do. Asked once a page. */
export const callerOf = cache((company: string) => page(readMe, me.read, { company }));
