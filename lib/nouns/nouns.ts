import { account } from "#lib/nouns/account";
import { contact } from "#lib/nouns/contact";

/** Every noun, in the order of the documentation. */
export const nouns = [account, contact] as const;
