/** Limits that keep text cheap to process, for the contract and for names from elsewhere. */

/**
 * The most combining marks in a row: the stream-safe limit of UAX #15. No language comes near it, and normalizing a run takes time
 * quadratic in its length.
 */
export const mostMarks = 30;

const tooManyMarks = new RegExp(`\\p{M}{${mostMarks + 1}}`, "u");
const extraMarks = new RegExp(`(\\p{M}{${mostMarks}})\\p{M}+`, "gu");

/** The most UTF-16 units that a text of this many characters can have: a fully decomposed Greek letter takes four. */
export function mostUnits(characters: number): number {
  return 4 * characters;
}

/** Whether there are more than 30 combining marks in a row. Takes up to 31 steps per character, so limit the length first. */
export function hasLongRun(text: string): boolean {
  return tooManyMarks.test(text);
}

/** Characters that change the direction of the text around them, and can make it read as something else. */
export const bidiControl = /\p{Bidi_Control}/u;

/** Invisible characters, including bidirectional controls: two keys that differ only in these look the same. */
export const invisible = /\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}/u;

/** Whether a text has no visible character. */
export function showsNothing(text: string): boolean {
  return /^[\s\u2800\p{Default_Ignorable_Code_Point}]*$/u.test(text);
}

/** The Unicode names of common invisible characters. */
const characterNames: Readonly<Record<string, string>> = {
  "\u00ad": "soft hyphen",
  "\u034f": "combining grapheme joiner",
  "\u061c": "Arabic letter mark",
  "\u180e": "Mongolian vowel separator",
  "\u200b": "zero width space",
  "\u200c": "zero width non-joiner",
  "\u200d": "zero width joiner",
  "\u200e": "left-to-right mark",
  "\u200f": "right-to-left mark",
  "\u202a": "left-to-right embedding",
  "\u202b": "right-to-left embedding",
  "\u202c": "pop directional formatting",
  "\u202d": "left-to-right override",
  "\u202e": "right-to-left override",
  "\u2060": "word joiner",
  "\u2066": "left-to-right isolate",
  "\u2067": "right-to-left isolate",
  "\u2068": "first strong isolate",
  "\u2069": "pop directional isolate",
  "\u3164": "Hangul filler",
  "\ufe0e": "variation selector-15",
  "\ufe0f": "variation selector-16",
  "\ufeff": "zero width no-break space, or byte order mark",
};

/** Names a character that may be invisible: `U+200B (zero width space)`. */
export function characterName(character: string): string {
  const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const name = characterNames[character];
  return name ? `U+${point} (${name})` : `U+${point}`;
}

/**
 * Turns text from elsewhere into a name of at most `most` characters, without characters that a name can't contain. Cuts the text and
 * removes extra marks before normalizing it. Returns an empty string if no visible character is left.
 */
export function nameFrom(text: string, most: number): string {
  const plain = text
    .slice(0, mostUnits(most))
    .replace(extraMarks, "$1")
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, " ")
    .replace(/\p{Bidi_Control}/gu, "")
    .trim();
  const name = [...plain].slice(0, most).join("").trim();
  return showsNothing(name) ? "" : name;
}
