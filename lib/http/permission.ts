import type { Endpoint } from "#lib/contract/endpoint";
import type { Caller } from "#lib/db/company";
import { AppError } from "#lib/errors";
import { type Scope, withIncluded } from "#lib/vocabulary";

/** Some endpoints are only for sessions, some only for tokens. Throws `session_required` or `token_required`. */
export function requireKind(contract: Pick<Endpoint, "auth" | "permission">, caller: Caller): void {
  if (contract.auth === "session" && caller.token) {
    throw new AppError(
      "session_required",
      "A token cannot do this. Sign in to RepDesk, or send a session's access token.",
    );
  }
  if (contract.auth === "token" && !caller.token) {
    throw new AppError(
      "token_required",
      "This endpoint returns the API token that calls it. Call it with a token, not with a session.",
    );
  }
}

/** Throws `insufficient_scope` or `forbidden_role`, and names what is missing. */
export function requirePermission(contract: Pick<Endpoint, "auth" | "permission">, caller: Caller): void {
  const needed = contract.permission;
  if (needed === null || caller.permissions.includes(needed)) return;
  if (caller.token && !withIncluded(caller.token.scopes).includes(needed as Scope)) {
    throw new AppError(
      "insufficient_scope",
      `This token doesn't have the scope ${needed}. Create a token that has it.`,
      {
        required: needed,
      },
    );
  }
  const role = caller.member?.role ?? "none";
  throw new AppError(
    "forbidden_role",
    `Your role, ${role}, doesn't have the permission ${needed}. Ask an admin of the company.`,
    { required: needed },
  );
}
