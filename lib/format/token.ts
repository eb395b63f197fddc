/**
 * The format of an API token: `rdk_<id>_<secret><check>`.
 * `id`: 12 base62 characters, public. `secret`: 43 base62 characters (256 bits). `check`: 6 base62 characters of CRC-32
 * over everything before it, so that a typo or a made-up token is detected without a query.
 */
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const idLength = 12;
const secretLength = 43;
const checkLength = 6;
/** The length of a whole token. */
export const tokenLength = "rdk_".length + idLength + "_".length + secretLength + checkLength;

/** Finds tokens in text, for leak scanners and for redaction. */
export const tokenPattern = /rdk_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}/;
/** Matches a text that is nothing but a token, with right or wrong check digits. */
export const wholeToken = new RegExp(`^${tokenPattern.source}$`);

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** CRC-32 (ISO 3309) of a string's UTF-8 bytes, as an unsigned integer. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] as number);
  return (crc ^ 0xffffffff) >>> 0;
}

function check(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let place = 0; place < checkLength; place += 1) {
    digits = alphabet[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** Random base62 characters. Bytes of 248 and above are discarded, so that all characters are equally likely. */
function random(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < 248 && text.length < length) text += alphabet[byte % 62];
    }
  }
  return text;
}

/** A new token, or a new secret of the one with this prefix. `prefix` (`rdk_<id>`) is public; `secret` is the whole string and is shown once. */
export function newToken(prefix = `rdk_${random(idLength)}`): { prefix: string; secret: string } {
  const body = `${prefix}_${random(secretLength)}`;
  return { prefix, secret: body + check(body) };
}

/** Returns the public part of a well-formed token, or null if the check digits are wrong. */
export function parseToken(value: string): { prefix: string } | null {
  if (!wholeToken.test(value)) return null;
  if (check(value.slice(0, -checkLength)) !== value.slice(-checkLength)) return null;
  return { prefix: value.slice(0, "rdk_".length + idLength) };
}

/** Every place where a token may begin, also inside of another match. */
const everyToken = new RegExp(`(?=(${tokenPattern.source}))`, "g");
const everyForm = new RegExp(tokenPattern.source, "g");

/** The tokens in a text: those that have the form and valid check digits. */
export function tokensIn(text: string): string[] {
  if (!text.includes("rdk_")) return [];
  return [...text.matchAll(everyToken)]
    .map(([, token]) => token as string)
    .filter((token) => parseToken(token) !== null);
}

/** A text with its tokens masked, valid or not. */
export function withoutTokens(text: string): string {
  return text.includes("rdk_") ? text.replace(everyForm, maskToken) : text;
}

/** A token without its secret: `rdk_7Fh2kQ9xLmAb_…`. */
export function maskToken(value: string): string {
  return `${value.slice(0, "rdk_".length + idLength)}_…`;
}

/** The same text for junk, an unknown token, and a wrong secret, so that it doesn't reveal which one it was. */
export const tokenInvalidDetail = "The token is not valid. Copy the whole token again, or create a new one.";

const howToSend = "Send Authorization: Bearer, one space, and the token.";
const otherScheme = /^(Basic|Digest|Token|Api-?Key|Negotiate|OAuth|JWT|Key)(?:[\s:]|$)/i;

const longestPlaceholder = 60;

/** Placeholders that are sent instead of a token, without quotes and brackets: names of variables, template texts, `undefined`. */
const placeholders = [
  /^(?:undefined|null|none|nil|nan|true|false|\[?object \w+\]?|x+|\*+)$/i,
  /^(?:(?:your|my|the|insert|paste|replace|enter|put)\b.*|(?:your|my|the)[-_].*)$/i,
  /^(?:(?:api|access|auth|bearer|rdk|repdesk)[-_ ]?)*(?:token|key|secret)(?:[-_ ]?here)?$/i,
  /^(?:\$|%|\{|process\.env\.|os\.environ|env\.|secrets\.)/,
  /^(?=.{1,40}$)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
];

/** Header values are decoded as Latin-1. If the bytes are valid UTF-8, decodes them as that. */
function asUtf8(value: string): string {
  try {
    const bytes = Uint8Array.from(value, (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return value;
  }
}

/**
 * Returns what is wrong with the form of an Authorization header, and what to send; null if it looks like a credential.
 * The text describes only the form and quotes nothing from the header, so it is the same for valid and invalid tokens.
 */
export function authorizationFault(value: string): string | null {
  const text = asUtf8(value).trim();
  if (text === "") return `The Authorization header is empty. ${howToSend}`;
  const [, after] = /^bearer(.*)$/is.exec(text) ?? [];
  if (after === undefined) {
    const scheme = otherScheme.exec(text)?.[1];
    return scheme
      ? `The Authorization header has a scheme other than Bearer: ${scheme}. ${howToSend}`
      : `The Authorization header doesn't begin with Bearer. ${howToSend}`;
  }
  const token = after.replace(/^[ \t:=]+/, "");
  if (token === "") return `There is no token after Bearer. The variable for it may be empty. ${howToSend}`;
  if (/^bearer\b/i.test(token)) return `Bearer appears twice in the Authorization header. ${howToSend}`;
  return tokenFault(token) ?? (/^ +[^ \t:=]/.test(after) ? null : `Bearer must be followed by a space. ${howToSend}`);
}

/** Returns whether a value is a placeholder, also in quotes or brackets: `{{token}}`, `undefined`, `$REPDESK_TOKEN`. */
export function isPlaceholder(value: string): boolean {
  const bare = value.slice(0, longestPlaceholder).replace(/^["'`“”„‘’«<[{(\s]+|["'`“”‘’»>\]})\s]+$/g, "");
  return value.length <= longestPlaceholder && placeholders.some((form) => form.test(value) || form.test(bare));
}

function tokenFault(token: string): string | null {
  if (isPlaceholder(token))
    return "The header has a placeholder instead of a token: the variable was not filled in. Replace it with the token.";
  if (/\.\.\.|…/.test(token)) return "The token is shortened with dots. Copy the whole token.";
  if (/^["'`“”„‘’«]|["'`“”‘’»]$/.test(token))
    return "There are quotation marks around the token. Send it without them.";
  if (/^[<[{(]|[>\]})]$/.test(token)) return "There are brackets around the token. Send it without them.";
  if (/[^\x20-\x7e]/.test(token.replaceAll("\t", " ")))
    return "The Authorization header has a character outside ASCII, such as a no-break space from a document. Type the space yourself, and copy the token again.";
  if (/^[^\s,;]+\s*[,;]$/.test(token)) return "A comma or semicolon follows the token. Remove it.";
  if (/[\s,;]/.test(token))
    return "The Authorization header has more than one value, or it was sent twice. Send one token, and nothing after it.";
  return null;
}
