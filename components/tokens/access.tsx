import { type Scope, scopes, withIncluded } from "#lib/vocabulary";

/** What a token can do: in words, and as presets of the create dialog. */

export type Level = "none" | "read" | "write";
export type Levels = Record<string, Level>;
export type Preset = "read" | "write" | "extension";
export type Access = Preset | "chosen";

/** The nouns of the scopes: accounts, contacts, notes, members. */
export const nouns: readonly string[] = scopes
  .filter((scope) => scope.endsWith(":read"))
  .map((scope) => scope.replace(/:.*/, ""));

/** With it, a token can replace its own secret: `write` among the levels, at `tokens`. */
const rotates: Scope = "tokens:rotate";

const writable = nouns.filter((noun) => isScope(`${noun}:write`));

function isScope(scope: string): scope is Scope {
  return (scopes as readonly string[]).includes(scope);
}

/** The access levels of a noun. Members can only be read. */
export function levelsFor(noun: string): Level[] {
  return writable.includes(noun) ? ["none", "read", "write"] : ["none", "read"];
}

/** Write includes read, so a preset lists only the wider scope. */
export const presets: Record<Preset, readonly Scope[]> = {
  read: nouns.map((noun) => `${noun}:read`).filter(isScope),
  write: nouns.map((noun) => (writable.includes(noun) ? `${noun}:write` : `${noun}:read`)).filter(isScope),
  extension: ["accounts:read", "contacts:write", "notes:write"],
};

export function levelsOf(granted: readonly Scope[]): Levels {
  const held: readonly string[] = withIncluded(granted);
  const level = (noun: string) =>
    held.includes(`${noun}:write`) ? "write" : held.includes(`${noun}:read`) ? "read" : "none";
  return {
    ...Object.fromEntries(nouns.map((noun) => [noun, level(noun)])),
    tokens: granted.includes(rotates) ? "write" : "none",
  };
}

/** The preset that grants the same; otherwise the access is chosen. */
export function accessOf(granted: readonly Scope[]): Access {
  const same = (Object.keys(presets) as Preset[]).find(
    (preset) => String(withIncluded(presets[preset])) === String(withIncluded(granted)),
  );
  return same ?? "chosen";
}

export function scopesOf(levels: Levels): Scope[] {
  return scopes.filter(
    (scope) =>
      nouns.some((noun) => scope === `${noun}:${levels[noun]}`) || (scope === rotates && levels.tokens === "write"),
  );
}

function split(granted: readonly Scope[]) {
  const levels = levelsOf(granted);
  return {
    read: nouns.filter((noun) => levels[noun] === "read"),
    write: nouns.filter((noun) => levels[noun] === "write"),
  };
}

const list = new Intl.ListFormat("en");

/** “accounts, contacts, and notes” */
function listed(words: readonly string[]): string {
  return list.format(words);
}

/** For lists: “Read-only”, “Read and write”, “Can read contacts”. */
export function accessInWords(granted: readonly Scope[]): string {
  const { read, write } = split(granted);
  const more = granted.includes(rotates) ? ", rotates itself" : "";
  if (write.length === writable.length && read.length === nouns.length - writable.length)
    return `Read and write${more}`;
  if (read.length === nouns.length) return `Read-only${more}`;
  const parts = [
    ...(read.length > 0 ? [`read ${listed(read)}`] : []),
    ...(write.length > 0 ? [`read and write ${listed(write)}`] : []),
  ];
  if (granted.includes(rotates)) parts.push("rotate itself");
  return `Can ${parts.join(", ")}`;
}

/** For the create dialog: one complete sentence. Empty if nothing is granted. */
export function accessSentence(granted: readonly Scope[]): string {
  const { read, write } = split(granted);
  const reads = `read ${listed(read)}`;
  const writes = `read, create, change, and delete ${listed(write)}`;
  const more = granted.includes(rotates) ? " Can replace its own secret." : "";
  if (read.length > 0 && write.length > 0) return `Can ${reads}; can ${writes}.${more}`;
  if (write.length > 0) return `Can ${writes}.${more}`;
  return read.length > 0 ? `Can ${reads}; can't change them.${more}` : more.trim();
}

/** Why these scopes can't be granted; undefined if they can. `who` begins the sentence. */
export function beyondRole(
  wanted: readonly Scope[],
  held: readonly Scope[],
  who = "Your role can't",
): string | undefined {
  const missing = withIncluded(wanted).filter((scope) => !held.includes(scope));
  const { read, write } = split(missing);
  const parts = [
    ...(read.length > 0 ? [`read ${listed(read)}`] : []),
    ...(write.length > 0 ? [`change ${listed(write)}`] : []),
    ...(missing.includes(rotates) ? ["replace its own secret"] : []),
  ];
  return parts.length > 0 ? `${who} ${listed(parts)}.` : undefined;
}
