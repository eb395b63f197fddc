import { cache } from "react";
import { z } from "zod";
import { member } from "#lib/contract/members";
import { contactEndpoints } from "#lib/contract/records";
import { accounts } from "#lib/domain/accounts";
import { contacts } from "#lib/domain/contacts";
import { membersOf } from "#lib/domain/members";
import { page } from "#lib/page";
import { activityOf } from "../../activity-of";

const named = z.object({ id: z.string(), name: z.string() });
const contract = {
  ...contactEndpoints.read,
  output: contactEndpoints.record.extend({ people: z.array(member), account: named.nullable() }),
};

/** A contact with its account's name, its activity, and the names of its members. Loaded once per request. */
export const contactView = cache((company: string, id: string, activity: string | string[] | undefined) =>
  page(company, async (ask) => {
    const { people, account, ...contact } = await ask(
      contract,
      async (tx, principal, input) => {
        const found = await contacts.read(tx, principal, input);
        const { account_id, owner_id, created_by, updated_by } = found;
        const [account = null] = account_id ? await accounts.byIds(tx, principal, [account_id]) : [];
        const people = await membersOf(tx, principal, [owner_id, created_by.member_id, updated_by.member_id]);
        return { ...found, account, people };
      },
      { id },
    );
    const shown = await activityOf(ask, "contact_id", id, activity);
    return { contact, account, people: [...people, ...shown.people], activity: shown };
  }),
);
