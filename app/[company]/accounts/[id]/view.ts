import { cache } from "react";
import { z } from "zod";
import { member } from "#lib/contract/members";
import { accountEndpoints, contactEndpoints } from "#lib/contract/records";
import { accounts } from "#lib/domain/accounts";
import { contacts } from "#lib/domain/contacts";
import { membersOf } from "#lib/domain/members";
import { page } from "#lib/page";
import { activityOf } from "../../activity-of";

const contract = { ...accountEndpoints.read, output: accountEndpoints.record.extend({ people: z.array(member) }) };

/** An account with its first contacts, its activity, and the names of its members. Loaded once per request. */
export const accountView = cache((company: string, id: string, activity: string | string[] | undefined) =>
  page(company, async (ask) => {
    const { people, ...account } = await ask(
      contract,
      async (tx, principal, input) => {
        const found = await accounts.read(tx, principal, input);
        const { owner_id, created_by, updated_by } = found;
        const people = await membersOf(tx, principal, [owner_id, created_by.member_id, updated_by.member_id]);
        return { ...found, people };
      },
      { id },
    );
    const ofAccount = { "filter[account_id]": id, limit: "10", include: "owner" };
    const ownContacts = await ask(contactEndpoints.list, contacts.list, ofAccount);
    const shown = await activityOf(ask, "account_id", id, activity);
    return { account, contacts: ownContacts, people: [...people, ...shown.people], activity: shown };
  }),
);

export type AccountView = Awaited<ReturnType<typeof accountView>>;
