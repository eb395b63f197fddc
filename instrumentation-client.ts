import { config } from "zod/v4/core";

/**
 * Runs in the browser before any other code of ours: the policy of a page forbids `eval`, and each Zod schema would otherwise try it
 * when it is made, which the browser reports as a violation. The server compiles its schemas as before.
 */
config({ jitless: true });
