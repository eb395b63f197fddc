import { characterName } from "#lib/format/text";

/**
 * Internet domains and e-mail addresses. A domain has one identity and many spellings: they are compared by their A-labels, which
 * `new URL()` makes by the same standard (UTS #46) in browsers and in Node, for every script.
 */

/** Two labels or more of 1 to 63 letters, digits and inner hyphens; the last one, of at least 2, is no number. */
const asciiForm = /^(?=.{1,253}$)(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+(?!\d+$)(?!-)[a-z0-9-]{2,63}(?<!-)$/;

/** A domain in lower case and A-labels: `münchen.example` is `xn--mnchen-3ya.example`. Null for a text that is no domain. */
export function asciiDomain(text: string): string | null {
  // What means something else in a URL, or is dropped from one.
  if (/[\s/?#@:\\%[\]]/.test(text)) return null;
  const url = `https://${text}`;
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  return asciiForm.test(host) ? host : null;
}

/** The domain of what people paste for one: without scheme, `www.`, port, path and trailing dot. Null where there is none. */
export function bareDomain(text: string): string | null {
  const [authority = ""] = text.replace(/^(?:https?:)?\/\//i, "").split(/[/?#]/, 1);
  const host = asciiDomain(authority.replace(/:\d*$/, "").replace(/\.$/, ""));
  return host?.replace(/^(?:www\.)+(?=[^.]+\.)/, "") ?? null;
}

/** What is wrong with an e-mail address, as a sentence. It is without invisible characters by now. */
export function addressFault(address: string): string | undefined {
  const { local, domain } = partsOf(address);
  if (local === "" || domain === "" || /[\s"(),:;<>@[\\\]]/.test(local)) return "Not an e-mail address.";
  if (/^\.|\.$|\.\./.test(local))
    return "Not an e-mail address: before the @, a dot must stand between two other characters.";
  if (new TextEncoder().encode(local).length > 64)
    return "Not an e-mail address: before the @ it has more than 64 bytes.";
  // The ideographic full stop has no other form, and domains take it for a dot.
  const twin = [...address].find((each) => each === "\u3002" || each.normalize("NFKC") !== each.normalize("NFC"));
  if (twin) return `Has ${characterName(twin)}, which only looks like another character. Use the plain one.`;
  return asciiDomain(domain) === null ? "Not an e-mail address." : undefined;
}

/** What makes two spellings one address: lower case before the @, A-labels after it. */
export function addressKey(address: string): string {
  const { local, domain } = partsOf(address);
  return `${local.toLowerCase()}@${asciiDomain(domain) ?? domain.toLowerCase()}`;
}

function partsOf(address: string): { local: string; domain: string } {
  const at = address.lastIndexOf("@");
  return { local: address.slice(0, Math.max(at, 0)), domain: address.slice(at + 1) };
}

/** A domain as people read it: U-labels in place of A-labels. One that does not lead back to the same domain stays. */
export function readableDomain(domain: string): string {
  const text = domain.replace(/(?<![^.])xn--([a-z0-9-]+)/g, (label, encoded) => decoded(encoded) ?? label);
  return asciiDomain(text) === domain ? text.normalize("NFC") : domain;
}

/** Punycode (RFC 3492): the basic characters, then for each other one how far it is from the one before. Null for what is none. */
function decoded(encoded: string): string | null {
  const basic = Math.max(encoded.lastIndexOf("-"), 0);
  const points = [...encoded.slice(0, basic)].map((character) => character.charCodeAt(0));
  let point = 128;
  let place = 0;
  let bias = 72;
  for (let at = basic > 0 ? basic + 1 : 0; at < encoded.length; ) {
    const before = place;
    for (let weight = 1, step = 36; ; step += 36) {
      const digit = digitOf(encoded[at++]);
      if (digit === null) return null;
      place += digit * weight;
      const threshold = Math.min(Math.max(step - bias, 1), 26);
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    const count = points.length + 1;
    bias = adapted(place - before, count, before === 0);
    point += Math.floor(place / count);
    place %= count;
    if (point > 0x10ffff) return null;
    points.splice(place++, 0, point);
  }
  return String.fromCodePoint(...points);
}

function digitOf(character: string | undefined): number | null {
  const digit = "abcdefghijklmnopqrstuvwxyz0123456789".indexOf(character ?? " ");
  return digit < 0 ? null : digit;
}

function adapted(distance: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(distance / (isFirst ? 700 : 2));
  rest += Math.floor(rest / count);
  let bias = 0;
  for (; rest > 455; bias += 36) rest = Math.floor(rest / 35);
  return bias + Math.floor((36 * rest) / (rest + 38));
}
