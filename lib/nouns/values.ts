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

/** The kinds of value that endpoints are declared with. A schema reads what a caller sends and writes what we answer. */

/** Refuses with one of our own fault codes, where Zod has no code of that meaning. */
export function fault(code: FaultCode, message: string) {
  return { code: "custom" as const, params: { code }, message };
}

const points = (text: string) => [...text].length;

const tooLong = (max: number) => fault("too_long", `At most ${max.toLocaleString("en")} characters.`);
const tooManyMarks = fault(
  "invalid_format",
  `More than ${mostMarks} accents or other combining marks in a row. Remove the extra ones.`,
);

/**
 * The boundary that free text passes before anything else looks at it: a rough length, and no endless run of combining marks.
 * A text that fails here is not checked further, so no later check meets one that is costly.
 */
export function bounded(max: number) {
  return z.string().superRefine((value, context) => {
    if (value.length > mostUnits(max)) context.addIssue({ ...tooLong(max), continue: false });
    else if (hasLongRun(value)) context.addIssue({ ...tooManyMarks, continue: false });
  });
}

/** The most characters that any field takes. */
export const longestText = 10_000;

/** What is wrong with the form of a text, as a sentence that says what to do. */
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

/** The first character of a text that matches, by its name. */
function found(pattern: RegExp, text: string): string | undefined {
  const [character] = pattern.exec(text) ?? [];
  return character && characterName(character);
}

function textFault(value: string): string | undefined {
  const control = found(/[^\P{Cc}\t\n]/u, value);
  if (control) return `Has the control character ${control}. Only tabs and line breaks are allowed.`;
  return value.isWellFormed() ? undefined : "Has half of a surrogate pair, which is not a character.";
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
 * Text of one or more lines: CR and CRLF become LF, then NFC and trimmed; length counted in code points. Refuses NUL, lone
 * surrogates and control characters. What shows nothing is blank.
 */
export const text = (max: number, min = 1) => checked(max, min, textFault);

/** Text of one line, such as a name: as `text`, without line breaks and bidirectional controls. */
export const line = (max: number, min = 1) => checked(max, min, lineFault);

/** Text that records are told apart by, such as an external id: as `line`, without anything invisible. */
export const key = (max: number, min = 1, faultOf: FaultOf = () => undefined) =>
  checked(max, min, (value) => keyFault(value) ?? faultOf(value));

/** Reads a text that shows nothing as null. For input: what comes out is never blank. */
export function orNull<T extends z.ZodType>(schema: T) {
  return nullWhere(showsNothing, schema);
}

/** The same for a key: one that only seems to be blank is not null, but has a fault. */
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
    .regex(idPattern(prefix), `Not an id of this kind: it begins with ${prefix}_.`)
    .meta({ example: example(prefix) });
}

/** The same id in all documents, so that examples fit together. */
export function example(prefix: IdPrefix): string {
  return `${prefix}_01jd8qv5k7e9ga3m2x4n6r8t0w`;
}

/** PostgreSQL and RFC 3339 hold the years 1 to 9999; an offset may lead out of them. */
function requireHeld(value: Date, context: z.core.$RefinementCtx): void {
  const year = value.getUTCFullYear();
  if (year < 1 || year > 9999) context.addIssue(fault("out_of_range", "The year, in UTC, must be 1 to 9999."));
}

/** Cut off before it becomes a date: the fraction of a second may have any number of digits. */
const instantText = z.iso
  .datetime({ offset: true, abort: true })
  .refine((value) => value.length <= 64, { message: "At most 64 characters.", params: { code: "too_long" } });

/** An instant: RFC 3339, answered in UTC with milliseconds; any offset is accepted. */
export const instant = z.codec(instantText, z.date().superRefine(requireHeld), {
  decode: (value) => new Date(value),
  encode: (value) => value.toISOString(),
});

/** An e-mail address, at most 254 characters; kept as written, compared in lower case and by its domain's A-label. */
export const email = key(254, 1, addressFault).meta({ format: "email", minLength: 3 });

/** A domain as A-labels in lower case, such as `northwind.example.com`. A URL is reduced to its host, without `www.`. */
export const domainName = key(253, 1, (value) =>
  bareDomain(value) === null ? "Not a domain, such as northwind.example.com." : undefined,
)
  .overwrite((value) => bareDomain(value) ?? value)
  .meta({ minLength: 3 });

/** A web address. Only http and https, since pages show it as a link. */
export const webAddress = line(2000)
  .refine(
    (value) => /^https?:\/\//i.test(value) && URL.canParse(value),
    "Not a web address: it begins with https:// or http://.",
  )
  .meta({ format: "uri" });

export const phone = line(50);

/** A list of at most `max` items. A repeated item is a fault that names the first one: nothing is dropped silently. */
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

/** Up to 50 tags of 1 to 50 characters, each once. */
export const tags = distinct(line(50), 50);

export const version = z.int().min(1).meta({ description: "Raised by 1 with every change. The ETag is made from it." });

/** Who did it: a member, and the token if it came through one. */
export const actor = z.object({ member_id: id("mem"), token_id: id("tok").nullable() });
