import { createHash } from "node:crypto";
import { and, eq, isNull, lt, max, or, sql } from "drizzle-orm";
import type { InputOf, ResultOf } from "#lib/contract/endpoint";
import type { endRotation, rotateOwnToken, rotateToken } from "#lib/contract/token-life";
import type { Principal, Tx } from "#lib/db/company";
import { tokenSecrets } from "#lib/db/tables/token-secrets";
import { audit } from "#lib/domain/audit";
import { invalid } from "#lib/domain/errors";
import { lockToken, readToken } from "#lib/domain/records/token";
import { requireVersion } from "#lib/domain/records/versions";
import { write } from "#lib/domain/tokens/change";
import { ownTokenId } from "#lib/domain/tokens/find";
import { ended } from "#lib/domain/tokens/rules";
import { AppError } from "#lib/errors";
import { newToken } from "#lib/format/token";
import { rotationLimits } from "#lib/vocabulary";

/*
 * A token has one secret, and during a rotation two. What follows from the first use of a new one happens when that use is noted
 * (`repdesk.note_token_uses`), so no request waits for it: the old one gets its end, and the expiration moves.
 */

/** Creates a new secret for a token. The result contains it; it isn't stored. */
export async function rotate(
  tx: Tx,
  principal: Principal,
  { id, overlap_hours, reason }: InputOf<typeof rotateToken>,
): Promise<ResultOf<typeof rotateToken>> {
  const is_exposed = reason === "exposed";
  const overlap = overlap_hours ?? (is_exposed ? 0 : rotationLimits.defaultOverlapHours);
  if (is_exposed && overlap > 0) {
    const detail = "The old secret of an exposed token ends immediately. Send 0, or no overlap_hours.";
    throw invalid({ pointer: "#/overlap_hours", code: "out_of_range", detail });
  }
  return start(tx, principal, id, { overlap, is_exposed, is_own: false });
}

/** Creates a new secret for the token that makes the request. */
export async function rotateOwn(
  tx: Tx,
  principal: Principal,
  { overlap_hours: overlap = rotationLimits.defaultOverlapHours }: InputOf<typeof rotateOwnToken>,
): Promise<ResultOf<typeof rotateOwnToken>> {
  return start(tx, principal, ownTokenId(principal), { overlap, is_exposed: false, is_own: true });
}

type Start = { overlap: number; is_exposed: boolean; is_own: boolean };

async function start(tx: Tx, principal: Principal, id: string, { overlap, is_exposed, is_own }: Start) {
  const before = await lockToken(tx, principal, id);
  if (before.status === "expired" || before.status === "revoked") throw ended(before);
  if (before.rotation)
    throw new AppError("rotation_in_progress", "This token is already being rotated. Finish or cancel that first.");
  const { isOfToken, newest } = await secretsOf(tx, principal, id);
  const { secret } = newToken(before.prefix);
  await tx.insert(tokenSecrets).values({
    ...{ token_id: id, number: newest + 1, hash: createHash("sha256").update(secret).digest() },
    ...{ overlap_hours: overlap, is_own },
    // Without another secret that works, it has to stay.
    lapses_at: is_exposed ? null : sql`now() + make_interval(days => ${rotationLimits.lapseDays})`,
  });
  if (is_exposed) {
    await tx
      .update(tokenSecrets)
      .set({ ended_at: sql`clock_timestamp()`, ended_reason: "exposed" })
      .where(and(isOfToken, lt(tokenSecrets.number, newest + 1), stillWorks));
  }
  const attended = is_own ? {} : { attended_at: sql`now()` };
  await write(tx, principal, id, { ...attended, ...(is_exposed && { exposed_at: null }) });
  const after = { overlap_hours: overlap, reason: is_exposed ? "exposed" : null };
  audit(tx, { action: "token.rotated", subject: id, before: null, after });
  return { ...(await readToken(tx, principal, id)), token: secret, notice: null };
}

/** Matches the secrets of a token, and the number of the newest one. */
async function secretsOf(tx: Tx, { company }: Principal, id: string) {
  const isOfToken = and(eq(tokenSecrets.company_id, company.id), eq(tokenSecrets.token_id, id));
  const [last] = await tx
    .select({ number: max(tokenSecrets.number) })
    .from(tokenSecrets)
    .where(isOfToken);
  return { isOfToken, newest: last?.number ?? 0 };
}

const stillWorks = or(isNull(tokenSecrets.ended_at), sql`${tokenSecrets.ended_at} > clock_timestamp()`);

/** Ends one of the two secrets of a rotation immediately. Without a rotation, it changes nothing. */
export async function endRotationOf(
  tx: Tx,
  principal: Principal,
  { id, keep, if_version }: InputOf<typeof endRotation>,
): Promise<void> {
  const before = await lockToken(tx, principal, id);
  requireVersion(before.version, if_version);
  if (!before.rotation) return;
  const { isOfToken, newest } = await secretsOf(tx, principal, id);
  await tx
    .update(tokenSecrets)
    .set({ ended_at: sql`clock_timestamp()`, ended_reason: keep === "new" ? "replaced" : "canceled" })
    .where(
      and(isOfToken, keep === "new" ? lt(tokenSecrets.number, newest) : eq(tokenSecrets.number, newest), stillWorks),
    );
  if (keep === "new") {
    await tx
      .update(tokenSecrets)
      .set({ lapses_at: null })
      .where(and(isOfToken, eq(tokenSecrets.number, newest)));
  } else {
    // After the new one's first use, the old one has an end.
    await tx
      .update(tokenSecrets)
      .set({ ended_at: null, ended_reason: null })
      .where(and(isOfToken, lt(tokenSecrets.number, newest), sql`${tokenSecrets.ended_at} > clock_timestamp()`));
  }
  await write(tx, principal, id, { attended_at: sql`now()`, ...(keep === "new" && { exposed_at: null }) });
  audit(tx, { action: "token.rotation_ended", subject: id, before: null, after: { keep } });
}
