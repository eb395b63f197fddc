import { z } from "zod";
import { addressFault, bareDomain } from "#lib/format/domain";
import { type IdPrefix, idPattern } from "#lib/format/ids";
import {
  bidiControl,
  characterName,
  hasLongRun,
  invisible,
  mostMarks,
  mostUnits,
  showsNothing,
} from "#lib/format/text";
import type { FaultCode } from "#lib/vocabulary";

/** The types of values in endpoints. A schema parses what a caller sends and encodes what the API returns. */

/** Returns an issue with one of RepDesk's own fault codes, for cases that Zod has no code for. */
export function fault(code: FaultCode, message: string) {
  return { code: "custom" as const, params: { code }, message };
}

const points = (text: string) => [...text].length;

const tooLong = (max: number) => fault("too_long", `At most ${max.toLocaleString("en")} characters.`);
const tooManyMarks = fault(
  "invalid_format",
  `Has more than ${mostMarks} accents or other combining marks in a row. Remove the extra ones.`,
);

/**
 * The first check of any text: a rough length, and no long run of combining marks. Text that fails isn't checked further, so later
 * checks can be slow on such text without harm.
 */
export function bounded(max: number) {
  return z.string().superRefine((value, context) => {
    if (value.length > mostUnits(max)) context.addIssue({ ...tooLong(max), continue: false });
    else if (hasLongRun(value)) context.addIssue({ ...tooManyMarks, continue: false });
  });
}

/** The maximum length of any field. */
export const longestText = 10_000;

/** Returns what is wrong with a text, as a sentence that says what to do. */
type FaultOf = (value: string) => string | undefined;

function checked(max: number, min: number, faultOf: FaultOf) {
  return bounded(max)
    .overwrite((value) => value.replace(/\r\n?/g, "\n"))
    .normalize("NFC")
    .trim()
    .superRefine((value, context) => {
      const wrong = value === "" ? undefined : faultOf(value);
      if (wrong) context.addIssue({ ...fault("invalid_format", wrong), continue: false });
      else if (min > 0 && showsNothing(value)) context.addIssue(fault("blank", "Must not be blank."));
      else if (points(value) < min) context.addIssue(fault("too_short", `At least ${min} characters.`));
      if (points(value) > max) context.addIssue(tooLong(max));
    })
    .meta({ minLength: min, maxLength: max });
}

/** Returns the name of the first character that matches. */
function found(pattern: RegExp, text: string): string | undefined {
  const [character] = pattern.exec(text) ?? [];
  return character && characterName(character);
}

function textFault(value: string): string | undefined {
  const control = found(/[^\P{Cc}\t\n]/u, value);
  if (control) return `Has the control character ${control}. Only tabs and line breaks are allowed.`;
  return value.isWellFormed() ? undefined : "Has half of a surrogate pair, which isn't a character. Remove it.";
}

function lineFault(value: string): string | undefined {
  if (/[\n\u2028\u2029]/.test(value)) return "Has a line break. Use one line.";
  const control = found(bidiControl, value);
  return control ? `Has ${control}, which changes the direction of text. Remove it.` : textFault(value);
}

function keyFault(value: string): string | undefined {
  const hidden = found(invisible, value);
  return hidden ? `Has ${hidden}, which is invisible. Remove it.` : lineFault(value);
}

/**
 * Text of one or more lines: CR and CRLF become LF, then it is normalized to NFC and trimmed. The length is counted in code points.
 * Rejects NUL, lone surrogates, and control characters. Text with no visible character is blank.
 */
export const text = (max: number, min = 1) => checked(max, min, textFault);

/** Text of one line, such as a name: like `text`, without line breaks and bidirectional controls. */
export const line = (max: number, min = 1) => checked(max, min, lineFault);

/** Text that identifies a record, such as an external ID: like `line`, without invisible characters. */
export const key = (max: number, min = 1, faultOf: FaultOf = () => undefined) =>
  checked(max, min, (value) => keyFault(value) ?? faultOf(value));

/** Reads text with no visible character as null. For input only: stored text is never blank. */
export function orNull<T extends z.ZodType>(schema: T) {
  return nullWhere(showsNothing, schema);
}

/** The same for a key: one that only looks blank is invalid, not null. */
export function keyOrNull<T extends z.ZodType>(schema: T) {
  return nullWhere((text) => text.trim() === "", schema);
}

function nullWhere<T extends z.ZodType>(isBlank: (text: string) => boolean, schema: T) {
  const isNull = (value: unknown) =>
    typeof value === "string" && value.length <= mostUnits(longestText) && isBlank(value);
  return z.preprocess((value) => (isNull(value) ? null : value), schema.nullable());
}

export function id(prefix: IdPrefix) {
  return z
    .string()
    .regex(idPattern(prefix), `Not a valid ID: it must begin with ${prefix}_.`)
    .meta({ example: example(prefix) });
}

/** Returns the same id in all documents, so that examples fit together. */
export function example(prefix: IdPrefix): string {
  return `${prefix}_01jd8qv5k7e9ga3m2x4n6r8t0w`;
}

/** PostgreSQL has no year 0, and RFC 3339 ends with 9999. An offset can move a timestamp past either end. */
function requireHeld(value: Date, context: z.core.$RefinementCtx): void {
  const year = value.getUTCFullYear();
  if (year < 1 || year > 9999) context.addIssue(fault("out_of_range", "The year must be from 1 to 9999 in UTC."));
}

/** The length is limited, since the fraction of a second can have any number of digits. */
const instantText = z.iso
  .datetime({ offset: true, abort: true })
  .refine((value) => value.length <= 64, { message: "At most 64 characters.", params: { code: "too_long" } });

/** A timestamp (RFC 3339). Any offset is accepted; it is returned in UTC with milliseconds. */
export const instant = z.codec(instantText, z.date().superRefine(requireHeld), {
  decode: (value) => new Date(value),
  encode: (value) => value.toISOString(),
});

/** An email address of at most 254 characters. Stored as sent; compared in lower case, with the domain as A-labels. */
export const email = key(254, 1, addressFault).meta({ format: "email", minLength: 3 });

/** A domain in lower case as A-labels, such as `northwind.example.com`. A URL is reduced to its host, without `www.`. */
export const domainName = key(253, 1, (value) =>
  bareDomain(value) === null ? "Not a domain. Use a domain such as northwind.example.com." : undefined,
)
  .overwrite((value) => bareDomain(value) ?? value)
  .meta({ minLength: 3 });

/** A web address. Only http and https, since pages show it as a link. */
export const webAddress = line(2000)
  .refine(
    (value) => /^https?:\/\//i.test(value) && URL.canParse(value),
    "Not a web address. Use one such as https://northwind.example.com.",
  )
  .meta({ format: "uri" });

export const phone = line(50);

/** A list of at most `max` items. A repeated item is rejected, not silently dropped; the fault names the first one. */
export function distinct<T extends z.ZodType<string>>(item: T, max: number) {
  return z
    .array(item)
    .max(max)
    .superRefine((values, context) => {
      if (values.length > max) return;
      for (const [index, value] of values.entries()) {
        const first = values.indexOf(value);
        if (first === index) continue;
        context.addIssue({
          ...fault("not_unique", `The same as item ${first + 1}. Send each item once.`),
          path: [index],
        });
      }
    })
    .meta({ uniqueItems: true });
}

/** Up to 50 distinct tags of 1 to 50 characters. */
export const tags = distinct(line(50), 50);

export const version = z.int().min(1).meta({ description: "Increases by 1 with each change. The ETag contains it." });

/** Who did something: a member, and the token if they used one. */
export const actor = z.object({ member_id: id("mem"), token_id: id("tok").nullable() });
