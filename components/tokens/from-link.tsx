import { accessOf, levelsOf } from "#components/tokens/access";
import { lifetimes } from "#components/tokens/expiry";
import { blankToken, type TokenValues } from "#components/tokens/token-form";
import { type Scope, scopes, tokenLimits } from "#lib/vocabulary";

/** What a link asks for: `/{company}/settings/api-tokens/new?name=&scopes=&days=`. */
export interface Link {
  name?: string;
  scopes?: string;
  days?: string;
}

/** The form's values as a link asks for them, and what couldn't be taken from it, as sentences. */
export function fromLink({ name, scopes: asked, days }: Link): { values: TokenValues; problems: string[] } {
  const values = { ...blankToken };
  const problems: string[] = [];
  if (name !== undefined && [...name].length <= tokenLimits.nameLength) values.name = name;
  else if (name !== undefined) problems.push("Its name is too long.");
  if (asked !== undefined) {
    const wanted = asked.split(/[\s,]+/).filter(Boolean);
    const unknown = wanted.filter((scope) => !(scopes as readonly string[]).includes(scope));
    if (unknown.length > 0 || wanted.length === 0)
      problems.push(`It asks for access that RepDesk doesn't have: ${unknown.join(", ").slice(0, 200) || "none"}.`);
    else Object.assign(values, { access: accessOf(wanted as Scope[]), levels: levelsOf(wanted as Scope[]) });
  }
  const lifetime = lifetimes.find((known) => known === days);
  if (lifetime) values.lifetime = lifetime;
  else if (days !== undefined) problems.push(`Its days must be one of ${lifetimes.join(", ")}.`);
  return { values, problems };
}
