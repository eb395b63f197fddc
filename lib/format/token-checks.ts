import {
  authorizationFault,
  isPlaceholder,
  parseToken,
  tokenLength,
  tokenPattern,
  wholeToken,
} from "#lib/format/token";

/** What is right and wrong with a pasted token, for people who look for the mistake. */

export type Check = {
  name: "Prefix" | "Length" | "Characters" | "Check digits";
  /** Null if it can't be checked because of what is wrong before. */
  ok: boolean | null;
  text: string;
};

export type TokenDiagnosis = {
  /** The public part, if the token is well-formed. */
  prefix: string | null;
  /** Empty if there is no token to check. */
  checks: Check[];
  /** What is wrong around the token: the header, quotation marks, the variable. */
  faults: string[];
};

const publicLength = "rdk_".length + 12;

/** What ends a token in text. */
const end = /[\s"'`“”„‘’«»<>()[\]{},;&|\\]/;
/** White space, the backslash of a continued line, and characters that can't be seen. */
const gap = /[\s\\\u00ad\u200b-\u200d\u2060]/;

const placeholder =
  "This is a placeholder, not a token: a variable was not filled in, or an example was copied. Replace it with the token.";

/** Returns null if the text has neither a token nor a place for one. */
export function diagnoseToken(pasted: string): TokenDiagnosis | null {
  const text = pasted.trim();
  const start = startOf(text);
  if (start === -1) return withoutPrefix(text);
  const rest = text.slice(start);
  const joined = withoutGaps(rest);
  const value = joined?.token ?? String(rest.split(end, 1)[0]).replace(/[.:!?]$/, "");
  const before = text.slice(0, start);
  if (isExample(value, rest.slice(value.length))) return { prefix: null, checks: [], faults: [placeholder] };
  const after = rest.slice(joined?.length ?? value.length);
  const faults = faultsAround(before + value + after, before, value, after);
  if (joined) faults.unshift("There is a space, a line break, or an invisible character inside the token. Remove it.");
  return { prefix: parseToken(value)?.prefix ?? null, checks: checksOf(value), faults };
}

/** Where the token begins: a well-formed one, or else one of the right length, or else what begins like one. */
function startOf(text: string): number {
  const whole = [...text.matchAll(new RegExp(tokenPattern, "g"))];
  const found = whole.find(([token]) => parseToken(token)) ?? whole[0];
  return found?.index ?? text.search(/rdk[_-]/i);
}

/** A token that is split by spaces or line breaks, and how long it is with them; null if it isn't split. */
function withoutGaps(rest: string): { token: string; length: number } | null {
  let token = "";
  let length = 0;
  for (const character of rest) {
    if (token.length === tokenLength) break;
    if (!/\w/.test(character) && !gap.test(character)) break;
    if (/\w/.test(character)) token += character;
    length += character.length;
  }
  if (length === token.length || token.length !== tokenLength) return null;
  // Words that follow a shortened token may happen to fill it up.
  return parseToken(token) || (length === rest.length && wholeToken.test(token)) ? { token, length } : null;
}

/** `rdk_xxx`, `rdk_<token>`, `rdk_your_token`. */
function isExample(value: string, after: string): boolean {
  const body = value.slice("rdk_".length);
  if (body === "") return /^\s*[<[{(]/.test(after);
  return /^(?:x+|\*+|0+|_)+$/i.test(body) || isPlaceholder(body.replaceAll("_", " "));
}

function checksOf(value: string): Check[] {
  const isWhole = wholeToken.test(value);
  const isRight = parseToken(value) !== null;
  const digits = isWhole
    ? isRight
      ? "They match the rest of the token."
      : "They don't match the rest of the token. At least one character is wrong or in the wrong place. Copy the whole token again."
    : "They can be checked once the rest is right.";
  return [
    prefixCheck(value),
    lengthCheck(value),
    charactersCheck(value),
    { name: "Check digits", ok: isWhole ? isRight : null, text: digits },
  ];
}

function prefixCheck(value: string): Check {
  const ok = value.startsWith("rdk_");
  const found = value.slice(0, "rdk_".length);
  return { name: "Prefix", ok, text: ok ? "It begins with rdk_." : `It begins with ${found} instead of rdk_.` };
}

function lengthCheck(value: string): Check {
  const name = "Length";
  const { length } = value;
  if (length === tokenLength) return { name, ok: true, text: `It has ${tokenLength} characters.` };
  if (/\.\.\.?|…/.test(value))
    return { name, ok: false, text: "It is shortened with dots. Copy the whole token from where you store it." };
  if (/^rdk_[0-9A-Za-z]{12}_?$/.test(value)) {
    const text = `This is only the public part. The secret, which makes it a token of ${tokenLength} characters, was shown once, when the token was created.`;
    return { name, ok: false, text };
  }
  if (length < tokenLength)
    return { name, ok: false, text: `It has ${length} of ${tokenLength} characters. Copy the whole token.` };
  if (value.slice(tokenLength).startsWith("rdk_"))
    return { name, ok: false, text: "A second token follows without a space. Paste it once." };
  const surplus = length - tokenLength;
  const end = parseToken(value.slice(0, tokenLength))
    ? "The token is whole, and what follows it doesn't belong to it. Remove that."
    : "Copy the token again.";
  return { name, ok: false, text: `It has ${length} characters, ${surplus} too many. ${end}` };
}

function charactersCheck(value: string): Check {
  const name = "Characters";
  const characters = [...value.replace(/[.…]+$/, "")];
  const place = characters.findIndex((character, index) => index >= "rdk_".length && !/\w/.test(character));
  if (place !== -1) {
    const text = `Character ${place + 1} is “${characters[place]}”. After rdk_, a token has only letters, digits, and one more _.`;
    return { name, ok: false, text };
  }
  const second = value.indexOf("_", "rdk_".length);
  if (second === -1 && value.length > publicLength)
    return { name, ok: false, text: "The _ after the 12 characters of the public part is missing." };
  if (second !== -1 && second !== publicLength) {
    const text = `${second - "rdk_".length} characters are between the first and the second _, instead of 12.`;
    return { name, ok: false, text };
  }
  if (second !== -1 && value.indexOf("_", second + 1) !== -1)
    return { name, ok: false, text: "It has more than two _." };
  return { name, ok: true, text: "They are letters, digits, and _ where they belong." };
}

/** What is wrong with a credential that doesn't contain `rdk_`. */
function withoutPrefix(text: string): TokenDiagnosis | null {
  const fault = (sentence: string) => ({ prefix: null, checks: [], faults: [sentence] });
  const header = headerValue(text);
  const variable = variableOf(text);
  const value = header?.replace(/^bearer\s*/i, "") ?? variable?.value ?? text;
  if (parseToken(`${"rdk_".slice(0, tokenLength - value.length)}${value}`))
    return fault("The beginning of the token is missing. It begins with rdk_. Copy the whole token.");
  if (/^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(value))
    return fault(
      "This is a JWT, such as the access token of a session, not an API token. A session's token works for at most an hour.",
    );
  if (header !== null)
    return fault(authorizationFault(header) ?? "The header has no RepDesk token. A token begins with rdk_.");
  if (variable?.value === "") return fault("The variable is empty. Set it to the token.");
  const isJson = /^[[{]\s*(?:"|$)/.test(value);
  if (!isJson && isPlaceholder(value)) return fault(placeholder);
  return variable && /token|key|secret/i.test(variable.name)
    ? fault("The variable has no RepDesk token. A token begins with rdk_.")
    : null;
}

const quotes = /["'`]/;

/** The value of an Authorization header, also in a curl command, JSON, or code; null if there is none. */
function headerValue(text: string): string | null {
  const named = /(["'`]?)\bauthorization(["'`]?)\s*[:=,]\s*(["'`]?)(.*)/i.exec(text);
  if (named) {
    const [, before = "", closed, opened = "", value = ""] = named;
    const quote = opened || (closed ? "" : before);
    const end = quote ? value.indexOf(quote) : -1;
    return (end === -1 ? value : value.slice(0, end)).trim();
  }
  const bare = quotes.test(text.charAt(0)) && text.charAt(0) === text.at(-1) ? text.slice(1, -1) : text;
  return /^bearer(?:\b|rdk_)/i.test(bare) ? bare : null;
}

type Variable = { name: string; equals: string; value: string; isQuoted: boolean };

/** A line such as `export REPDESK_TOKEN=…`. Quotation marks around the whole value belong to the line. */
function variableOf(line: string): Variable | null {
  const found = /^(?:-\s+|export\s+|set\s+|ENV\s+|\$env:)*["']?([A-Za-z_][\w.-]*)["']?(\s*[:=]\s*)(.*)$/i.exec(
    line.trim(),
  );
  if (!found) return null;
  const [, name = "", equals = "", text = ""] = found;
  const quoted = /^(["'`])(.*)\1[,;]?$/.exec(text);
  return { name, equals, value: quoted?.[2] ?? text, isQuoted: quoted !== null };
}

function faultsAround(text: string, before: string, value: string, after: string): string[] {
  const faults: string[] = [];
  if (/[?&][\w-]+=$/.test(before))
    faults.push("The token is in a URL. URLs are logged, so RepDesk rejects it. Send it in the Authorization header.");
  const header = headerValue(text);
  if (header !== null) {
    const fault = authorizationFault(header);
    return fault ? [...faults, fault] : faults;
  }
  const line = text.split("\n").find((one) => one.includes(value)) ?? "";
  const variable = faults.length > 0 ? null : variableOf(line);
  if (variable) return faultsOfVariable(variable);
  return before.trim().length < 3 && after.trim().length < 3 ? [...faults, ...wrapping(text)] : faults;
}

function faultsOfVariable({ name, equals, value, isQuoted }: Variable): string[] {
  const faults = wrapping(value);
  if (/^bearer\b/i.test(value))
    faults.push("The variable contains Bearer. Keep only the token in it, so that Bearer isn't sent twice.");
  // Code may have them.
  if (/^[A-Z]/.test(name) && !isQuoted && /^\s*=\s*$/.test(equals) && equals !== "=")
    faults.push("There are spaces around the equals sign. In a shell, there must be none.");
  return faults;
}

function wrapping(text: string): string[] {
  const faults: string[] = [];
  if (/^["'`“”„‘’«]|["'`“”‘’»]$/.test(text))
    faults.push("There are quotation marks around the token. Send it without them.");
  if (/^[<[{(]|[>\]})]$/.test(text)) faults.push("There are brackets around the token. Send it without them.");
  if (/[,;]$/.test(text)) faults.push("A comma or semicolon follows the token. Remove it.");
  return faults;
}
