import { characterName } from "#lib/format/text";

/**
 * Internet domains and email addresses. A domain can be spelled in many ways, so domains are compared as A-labels. `new URL()` makes
 * these by the same standard (UTS #46) in browsers and in Node, for every script.
 */

/** Two or more labels of 1 to 63 letters, digits, and inner hyphens. The last one has at least 2 and is not a number. */
const asciiForm = /^(?=.{1,253}$)(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+(?!\d+$)(?!-)[a-z0-9-]{2,63}(?<!-)$/;

/** A domain in lower case and A-labels: `münchen.example` is `xn--mnchen-3ya.example`. Null if the text isn't a domain. */
export function asciiDomain(text: string): string | null {
  // Characters that mean something else in a URL, or are dropped from it.
  if (/[\s/?#@:\\%[\]]/.test(text)) return null;
  const url = `https://${text}`;
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  return asciiForm.test(host) ? host : null;
}

/** The domain in pasted text, without scheme, `www.`, port, path, and trailing dot. Null if there is none. */
export function bareDomain(text: string): string | null {
  const [authority = ""] = text.replace(/^(?:https?:)?\/\//i, "").split(/[/?#]/, 1);
  const host = asciiDomain(authority.replace(/:\d*$/, "").replace(/\.$/, ""));
  return host?.replace(/^(?:www\.)+(?=[^.]+\.)/, "") ?? null;
}

const notAnAddress = "Not an email address. Use one such as ana@example.com.";

/** Returns what is wrong with an email address, as a sentence. Invisible characters have to be rejected first. */
export function addressFault(address: string): string | undefined {
  const { local, domain } = partsOf(address);
  if (local === "" || domain === "" || /[\s"(),:;<>@[\\\]]/.test(local)) return notAnAddress;
  if (/^\.|\.$|\.\./.test(local))
    return "Not an email address: before the @, a dot must be between two other characters.";
  if (new TextEncoder().encode(local).length > 64)
    return "Not an email address: the part before the @ has more than 64 bytes.";
  // The ideographic full stop doesn't normalize to a dot, but domains treat it as one.
  const twin = [...address].find((each) => each === "\u3002" || each.normalize("NFKC") !== each.normalize("NFC"));
  if (twin) return `Has ${characterName(twin)}, which only looks like another character. Use the plain one.`;
  return asciiDomain(domain) === null ? notAnAddress : undefined;
}

/** Returns the key by which addresses are compared: lower case before the @, A-labels after it. */
export function addressKey(address: string): string {
  const { local, domain } = partsOf(address);
  return `${local.toLowerCase()}@${asciiDomain(domain) ?? domain.toLowerCase()}`;
}

function partsOf(address: string): { local: string; domain: string } {
  const at = address.lastIndexOf("@");
  return { local: address.slice(0, Math.max(at, 0)), domain: address.slice(at + 1) };
}

/** A domain for display, with U-labels instead of A-labels. Unchanged if that wouldn't convert back to the same domain. */
export function readableDomain(domain: string): string {
  const text = domain.replace(/(?<![^.])xn--([a-z0-9-]+)/g, (label, encoded) => decoded(encoded) ?? label);
  return asciiDomain(text) === domain ? text.normalize("NFC") : domain;
}

/** Decodes Punycode (RFC 3492): the ASCII characters, then the distance of each other one from the one before. Null if invalid. */
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
