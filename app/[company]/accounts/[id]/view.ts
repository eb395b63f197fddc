import { cache } from "react";
import { z } from "zod";
import { member } from "#lib/contract/members";
import { accountEndpoints } from "#lib/contract/records";
import { accounts } from "#lib/domain/accounts";
import { membersOf } from "#lib/domain/records/member";
import { page } from "#lib/page";

const contract = { ...accountEndpoints.read, output: accountEndpoints.record.extend({ people: z.array(member) }) };

/** An account with the names of the members that it names. Asked once a page. */
export const accountView = cache((company: string, id: string) =>
  page(
    contract,
    async (tx, principal, input) => {
      const found = await accounts.read(tx, principal, input);
      const { owner_id, created_by, updated_by } = found;
      const people = await membersOf(tx, principal, [owner_id, created_by.member_id, updated_by.member_id]);
      return { ...found, people };
    },
    { company, input: { id } },
  ),
);
