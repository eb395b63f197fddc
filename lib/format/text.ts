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

/** Text from elsewhere as a name of at most so many characters. It is cut, and freed of extra marks, before it is normalized. */
export function nameFrom(text: string, most: number): string {
  const plain = text
    .slice(0, mostUnits(most))
    .replace(extraMarks, "$1")
    .normalize("NFC")
    .replace(/\p{C}/gu, " ")
    .trim();
  return [...plain].slice(0, most).join("").trim();
}
