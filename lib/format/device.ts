/** The most of a header that is looked at. */
const longest = 500;

/** The first that fits names it: every browser claims to be the ones before it, too. */
const browsers: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\/|\bOpera\b/, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Headless)?Chrome\/|\bCriOS\//, "Chrome"],
  [/\bVersion\/[\d.]+.* Safari\//, "Safari"],
];

const systems: [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/**
 * A plain description of what a `User-Agent` header stands for: “Chrome on Windows”, or a program's own name, such as “curl”.
 * Null where it says nothing. At most 50 characters, all of them letters, digits, spaces, `.`, `_` and `-`.
 */
export function deviceName(userAgent: string | null): string | null {
  const text = userAgent?.slice(0, longest) ?? "";
  const of = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(text))?.[1];
  const [browser, system] = [of(browsers), of(systems)];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? text.match(/^[\w.-]{1,50}/)?.[0] ?? null;
}
