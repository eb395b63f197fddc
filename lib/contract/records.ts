import { z } from "zod";
import { member } from "#lib/contract/members";
import { recordEndpoints } from "#lib/contract/record-endpoints";
import { account } from "#lib/nouns/account";
import { contact } from "#lib/nouns/contact";

/** The endpoints of every noun. */

const members = z.array(member).optional();

export const accountEndpoints = recordEndpoints(account, { members }, ["has_dependents"]);

export const contactEndpoints = recordEndpoints(contact, {
  accounts: z.array(accountEndpoints.record).optional(),
  members,
});
