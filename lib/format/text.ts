/** What text may cost before anyone has looked at it: one rule for the contract and for names from elsewhere. */

/**
 * The most combining marks in a row: the stream-safe limit of UAX #15. No language comes near it, and putting a longer run into
 * normal form takes time by the square of its length.
 */
export const mostMarks = 30;

const tooManyMarks = new RegExp(`\\p{M}{${mostMarks + 1}}`, "u");
const extraMarks = new RegExp(`(\\p{M}{${mostMarks}})\\p{M}+`, "gu");

/** The most UTF-16 units that a text of so many characters may have: fully decomposed Greek takes four for one. */
export function mostUnits(characters: number): number {
  return 4 * characters;
}

/** Whether more than 30 combining marks follow one another. For text of bounded length: up to 31 steps a character. */
export function hasLongRun(text: string): boolean {
  return tooManyMarks.test(text);
}

/** What changes the direction of the text around it, and can make it read as something else. */
export const bidiControl = /\p{Bidi_Control}/u;

/** What nobody can see: two keys that differ in it alone look the same. Bidirectional controls are among it. */
export const invisible = /\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}/u;

/** Whether a text is empty to the eye: nothing, spaces, and what is invisible. */
export function showsNothing(text: string): boolean {
  return /^[\s\u2800\p{Default_Ignorable_Code_Point}]*$/u.test(text);
}

/** The invisible characters that people meet, by their Unicode names. */
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

/** A character as a person can look it up, since it may not be seen: `U+200B (zero width space)`. */
export function characterName(character: string): string {
  const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const name = characterNames[character];
  return name ? `U+${point} (${name})` : `U+${point}`;
}

/**
 * Text from elsewhere as a name of at most so many characters, without what no name may hold. It is cut, and freed of extra marks,
 * before it is normalized. Empty where nothing of it would be seen.
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
