import type { AuthenticationRequest } from "#lib/db/authentication";
import type { Turn } from "#lib/db/queue";
import { detached } from "#lib/format/detached";
import { processWide } from "#lib/format/process-wide";

/**
 * Credentials that authenticated in this process within the last day, with their company. Only a hint for scheduling, limits, and
 * counts of rejected calls: the database authenticates every request.
 */
type Known = { company_id: string; token_id: string | undefined; since: number };

const most = 50_000;
const dayMs = 24 * 3_600_000;
const renewMs = 3_600_000;
/** Connections for the unknown credentials of one network; one if many of them failed. */
const strangerConnections = { quiet: 2, suspect: 1 };

/** Where a request comes from. `prefix`: the network as it may be stored, /24 or /48. `suspect`: many unknown tokens failed there. */
export type Origin = { address: string; network: string; prefix: string | null; suspect?: boolean };

const known = processWide("db.known-credentials", () => new Map<string, Known>());

type Asked = Pick<AuthenticationRequest, "credential" | "company">;

function keyOf({ credential, company }: Asked): string {
  if (credential.kind === "token") return credential.hash.toString("latin1");
  return `${credential.session_id} ${company?.slice(0, 50) ?? ""}`;
}

/** The company that this credential last authenticated for within a day. */
export function companyHint(asked: Asked): string | undefined {
  return knownOf(asked)?.company_id;
}

/** The token that this credential last was within a day. */
export function tokenHint(credential: AuthenticationRequest["credential"]) {
  const { token_id, company_id } = knownOf({ credential, company: null }) ?? {};
  return token_id && company_id ? { id: token_id, company_id } : undefined;
}

function knownOf(asked: Asked): Known | undefined {
  const key = keyOf(asked);
  const found = known.get(key);
  if (found === undefined) return undefined;
  if (Date.now() - found.since < dayMs) return found;
  known.delete(key);
  return undefined;
}

/** Remembers that a credential authenticated, in place of the least recent one if there are too many. */
export function remember(asked: Asked, company_id: string, token_id?: string): void {
  const key = keyOf(asked);
  const now = Date.now();
  const found = known.get(key);
  if (found?.company_id === company_id && now - found.since < renewMs) return;
  known.delete(key);
  if (known.size >= most) known.delete(known.keys().next().value as string);
  known.set(detached(key), { company_id, token_id, since: now });
}

export function forget(asked: Asked): void {
  known.delete(keyOf(asked));
}

/** The group that a request waits in: its company's, its user's, or, for an unknown token, its network's. */
export function turnOf(asked: Asked, origin: Origin): Turn {
  const company = companyHint(asked);
  const { credential } = asked;
  if (credential.kind === "session")
    return { group: company ?? `user ${credential.user_id}`, member: credential.session_id };
  const member = credential.hash.toString("latin1");
  if (company) return { group: company, member };
  const stranger = origin.suspect ? strangerConnections.suspect : strangerConnections.quiet;
  return { group: `network ${origin.network}`, member, stranger };
}
