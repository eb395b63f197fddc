import { restore, resume, revoke, revokeOwn, suspend, update } from "#lib/domain/tokens/change";
import { count, list, read, readOwn } from "#lib/domain/tokens/find";
import { create, createFaults } from "#lib/domain/tokens/make";
import { endRotationOf as endRotation, rotate, rotateOwn } from "#lib/domain/tokens/rotation";
import { callsOf, usage } from "#lib/domain/tokens/usage";

/** API tokens. Only sessions can call these, except `readOwn`, `rotateOwn`, and `revokeOwn`, which only a token can call. */
export const tokens = {
  ...{ create, createFaults, readOwn, revokeOwn, list, count, read, update, revoke, usage, callsOf },
  ...{ rotate, rotateOwn, endRotation, suspend, resume, restore },
};
