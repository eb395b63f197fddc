import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { Fault } from "#lib/contract/errors";
import type { createToken } from "#lib/contract/tokens";
import type { Principal, Tx } from "#lib/db/company";
import { apiTokens } from "#lib/db/tables/api-tokens";
import { audit } from "#lib/domain/audit";
import { invalid } from "#lib/domain/errors";
import { readToken } from "#lib/domain/records/token";
import { lockMember, requireRoom, scopeFaults } from "#lib/domain/tokens/rules";
import { AppError } from "#lib/errors";
import { newId } from "#lib/format/ids";
import { newToken } from "#lib/format/token";
import { type Role, tokenLimits } from "#lib/vocabulary";

type Input = InputOf<typeof createToken>;

/** Creates a token for the caller. The result contains the secret, which isn't stored. */
export async function create(tx: Tx, principal: Principal, input: Input): Promise<ResultOf<typeof createToken>> {
  const role = await lockMember(tx, principal);
  if (role === null)
    throw new AppError("member_inactive", `You are no longer an active member of ${principal.company.name}.`);
  const faults = [...scopeFaults(role, input), ...expiryFaults(role, input)];
  if (faults.length > 0) throw invalid(...faults);
  await requireRoom(tx, principal);
  const { prefix, secret } = newToken();
  const id = newId("tok");
  const { name, scopes, expires_in_days: days = tokenLimits.defaultDays, allowed_addresses = [] } = input;
  await tx.insert(apiTokens).values({
    ...{ id, name, scopes, prefix, hash: createHash("sha256").update(secret).digest() },
    expires_at: days === null ? null : sql`now() + make_interval(hours => ${days * 24})`,
    allowed_addresses,
  });
  const token = await readToken(tx, principal, id);
  const { expires_at } = token;
  const after = { name, prefix, scopes, expires_at, ...(allowed_addresses.length > 0 && { allowed_addresses }) };
  audit(tx, { action: "token.created", subject: id, before: null, after });
  return { ...token, token: secret, notice: null };
}

/** Faults of a new token that the schema can't find. `input` has the fields that the schema accepted. */
export async function createFaults(_tx: Tx, { member }: Principal, input: Partial<Input>): Promise<Fault[]> {
  return [...scopeFaults(member.role, input), ...expiryFaults(member.role, input)];
}

function expiryFaults(role: Role, { expires_in_days }: Partial<Input>): Fault[] {
  if (expires_in_days !== null || role === "admin") return [];
  const detail = `Only an admin can create a token that never expires. Send 1 to ${tokenLimits.maxDays} days.`;
  return [{ pointer: "#/expires_in_days", code: "out_of_range", detail }];
}
