import { and, eq, sql } from "drizzle-orm";
import { TypeID } from "typeid-js";
import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { readMe, updateMe } from "#lib/contract/me";
import type { AtOnce, Caller, Principal, Tx } from "#lib/db/company";
import { members } from "#lib/db/tables/members";
import { audit } from "#lib/domain/audit";

/** The caller. Authentication has already read all of it. */
function of(caller: Caller): ResultOf<typeof readMe> {
  const { user_id, email, company, member, permissions, token } = caller;
  return {
    user: { id: TypeID.fromUUID("usr", user_id).toString(), email },
    company,
    member,
    permissions,
    signed_in_with: token ? "token" : "session",
    token: token && {
      id: token.id,
      name: token.name,
      prefix: token.prefix,
      scopes: token.scopes,
      expires_at: token.expires_at,
    },
  };
}

async function read(_tx: Tx, caller: Caller): Promise<ResultOf<typeof readMe>> {
  return of(caller);
}

function readAtOnce(): AtOnce<ResultOf<typeof readMe>> {
  return { read: null, finish: (_, caller) => of(caller) };
}

/** Changes the caller's name in the company. */
async function update(
  tx: Tx,
  principal: Principal,
  { name }: InputOf<typeof updateMe>,
): Promise<ResultOf<typeof updateMe>> {
  const isMember = and(eq(members.company_id, principal.company.id), eq(members.id, principal.member.id));
  const [before] = await tx.select({ name: members.name }).from(members).where(isMember).for("no key update");
  if (!before || name === undefined || name === before.name) return of(principal);
  const [after] = await tx
    .update(members)
    .set({ name, version: sql`${members.version} + 1`, updated_at: sql`clock_timestamp()` })
    .where(isMember)
    .returning({ version: members.version });
  audit(tx, { action: "member.updated", subject: principal.member.id, before, after: { name } });
  return of({ ...principal, member: { ...principal.member, name, ...after } });
}

export const me = { read, readAtOnce, update };
