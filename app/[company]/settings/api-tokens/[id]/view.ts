import { cache } from "react";
import { readMe } from "#lib/contract/me";
import { readTokenUsage } from "#lib/contract/token-usage";
import { readToken } from "#lib/contract/tokens";
import { me } from "#lib/domain/me";
import { tokens } from "#lib/domain/tokens";
import { page } from "#lib/page";

/** A token with what it did lately, and who looks at it. Loaded once per request. */
export const tokenView = cache((slug: string, id: string) =>
  page(slug, async (ask) => {
    const { member, permissions } = await ask(readMe, me.read);
    if (member === null) throw new Error("A page in a company has a member.");
    return {
      ...{ member, permissions },
      token: await ask(readToken, tokens.read, { id }),
      usage: await ask(readTokenUsage, tokens.usage, { id }),
    };
  }),
);
