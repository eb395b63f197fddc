import type { Endpoint } from "#lib/contract/endpoint";
import type { Caller } from "#lib/db/company";
import { Refusal } from "#lib/http/problem";
import { type Scope, withIncluded } from "#lib/vocabulary";

/** Some endpoints answer to people only, some to tokens only. Throws `session_required` or `token_required`. */
export function requireKind(contract: Endpoint, caller: Caller): void {
  if (contract.auth === "session" && caller.token) {
    throw new Refusal(
      "session_required",
      "A token cannot do this. Sign in to RepDesk, or send a session's access token.",
    );
  }
  if (contract.auth === "token" && !caller.token) {
    throw new Refusal(
      "token_required",
      "This endpoint answers about the API token that calls it; a session is not a token.",
    );
  }
}

/** Throws `insufficient_scope` or `forbidden_role`, whichever lacks, and names it. */
export function requirePermission(contract: Endpoint, caller: Caller): void {
  const needed = contract.permission;
  if (needed === null || caller.permissions.includes(needed)) return;
  if (caller.token && !withIncluded(caller.token.scopes).includes(needed as Scope)) {
    throw new Refusal("insufficient_scope", `This token lacks the scope ${needed}. Create a token that has it.`, {
      required: needed,
    });
  }
  const role = caller.member?.role ?? "none";
  throw new Refusal(
    "forbidden_role",
    `Your role, ${role}, lacks the permission ${needed}. Ask an admin of the company.`,
    { required: needed },
  );
}
