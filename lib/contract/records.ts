import { z } from "zod";
import { member } from "#lib/contract/members";
import { recordEndpoints } from "#lib/contract/record-endpoints";
import { account } from "#lib/nouns/account";
import { contact } from "#lib/nouns/contact";
import { note } from "#lib/nouns/note";

/** The endpoints of every noun. */

const members = z.array(member).optional();

export const accountEndpoints = recordEndpoints(account, { members }, { remove: ["has_dependents"] });

export const contactEndpoints = recordEndpoints(
  contact,
  { accounts: z.array(accountEndpoints.record).optional(), members },
  { remove: ["has_dependents"] },
);

export const noteEndpoints = recordEndpoints(
  note,
  {
    accounts: z.array(accountEndpoints.record).optional(),
    contacts: z.array(contactEndpoints.record).optional(),
  },
  { update: ["forbidden_role"], remove: ["forbidden_role"] },
);

/** By noun, in the order of the documentation: a noun comes after the nouns that it refers to. */
export const records = { account: accountEndpoints, contact: contactEndpoints, note: noteEndpoints };
