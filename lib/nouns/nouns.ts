import { account } from "#lib/nouns/account";
import { contact } from "#lib/nouns/contact";
import { note } from "#lib/nouns/note";

/** Every noun, in the order of the documentation. */
export const nouns = [account, contact, note] as const;
