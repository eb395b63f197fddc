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
    const usage = await ask(readTokenUsage, tokens.usage, { id });
    const from = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
    const lately = usage.days.filter(({ day }) => day > from);
    return {
      ...{ member, permissions, usage },
      calls: { [id]: lately.map(({ succeeded, failed, limited, errors }) => succeeded + failed + limited + errors) },
      token: await ask(readToken, tokens.read, { id }),
    };
  }),
);
