import { revoke, revokeOwn, update } from "#lib/domain/tokens/change";
import { count, list, read, readOwn } from "#lib/domain/tokens/find";
import { create, createFaults } from "#lib/domain/tokens/make";

/** API tokens. Only sessions reach these, save for `readOwn` and `revokeOwn`, which are a token's own. */
export const tokens = { create, createFaults, readOwn, revokeOwn, list, count, read, update, revoke };
