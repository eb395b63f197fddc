/**
 * The form of an API token: `rdk_<id>_<secret><check>`.
 * `id`: 12 base62 characters, public. `secret`: 43 base62 characters (256 bits). `check`: 6 base62 characters of CRC-32
 * over everything before it, so that a typo or a made-up string is told without a query.
 */
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const idLength = 12;
const secretLength = 43;
const checkLength = 6;

/** Finds tokens in text: for leak scanners and for redaction. */
export const tokenPattern = /rdk_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}/;

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

/** Characters of the system's generator. Bytes of 248 and above are drawn again, so that no character is likelier. */
function random(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < 248 && text.length < length) text += alphabet[byte % 62];
    }
  }
  return text;
}

/** A new token. `prefix` (`rdk_<id>`) is public; `secret` is the whole string and is shown once. */
export function newToken(): { prefix: string; secret: string } {
  const prefix = `rdk_${random(idLength)}`;
  const body = `${prefix}_${random(secretLength)}`;
  return { prefix, secret: body + check(body) };
}

/** The public part of a well-formed token, or null for anything whose check digits do not hold. */
export function parseToken(value: string): { prefix: string } | null {
  if (!new RegExp(`^${tokenPattern.source}$`).test(value)) return null;
  if (check(value.slice(0, -checkLength)) !== value.slice(-checkLength)) return null;
  return { prefix: value.slice(0, "rdk_".length + idLength) };
}

/** A token with its secret left out: `rdk_7Fh2kQ9xLmAb_…`. */
export function maskToken(value: string): string {
  return `${value.slice(0, "rdk_".length + idLength)}_…`;
}

/** The one sentence for junk, an unknown token and a wrong secret: nobody learns from it which of them it was. */
export const tokenInvalidDetail = "The token is not valid. Copy the whole token again, or create a new one.";
