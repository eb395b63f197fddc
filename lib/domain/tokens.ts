import { revoke, revokeOwn, update } from "#lib/domain/tokens/change";
import { count, list, read, readOwn } from "#lib/domain/tokens/find";
import { create, createFaults } from "#lib/domain/tokens/make";
import { usage } from "#lib/domain/tokens/usage";

/** API tokens. Only sessions can call these, except `readOwn` and `revokeOwn`, which only a token can call. */
export const tokens = { create, createFaults, readOwn, revokeOwn, list, count, read, update, revoke, usage };
