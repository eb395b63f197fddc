import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");

type Rgb = [red: number, green: number, blue: number];
type Theme = "light" | "dark";

/** OKLCH to linear sRGB, with the matrices of CSS Color 4. Out-of-gamut values are clipped, as screens do. */
function linear(lightness: number, chroma: number, hue: number): Rgb {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const cut = (part: number) => Math.min(1, Math.max(0, part));
  return [
    cut(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    cut(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    cut(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function tokens(): Map<string, Record<Theme, Rgb>> {
  const colour = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`;
  const found = css.matchAll(new RegExp(`--color-([a-z-]+): light-dark\\(${colour}, ${colour}\\);`, "g"));
  const of = (parts: string[]) => linear(Number(parts[0]), Number(parts[1]), Number(parts[2]));
  return new Map(
    [...found].map(([, name = "", ...parts]) => [name, { light: of(parts.slice(0, 3)), dark: of(parts.slice(3)) }]),
  );
}

const known = tokens();

/** Lightness and chroma of the background and the text of the class `hue`. */
const hueParts = (() => {
  const part = String.raw`oklch\(([\d.]+) ([\d.]+) var\(--hue\)\)`;
  const [ground, ink] = [...css.matchAll(new RegExp(`light-dark\\(${part}, ${part}\\)`, "g"))].map(([, ...parts]) =>
    parts.map(Number),
  );
  const of = (at: number): [[number, number], [number, number]] => {
    if (!ground || !ink) throw new Error("No color by hue");
    return [
      [ground[at] ?? 0, ground[at + 1] ?? 0],
      [ink[at] ?? 0, ink[at + 1] ?? 0],
    ];
  };
  return { light: of(0), dark: of(2) };
})();

/** WCAG 2 contrast. */
function ratio(one: Rgb, other: Rgb): number {
  const luminance = ([red, green, blue]: Rgb) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((first, second) => second - first);
  return (light + 0.05) / (dark + 0.05);
}

function contrast(one: string, other: string, theme: Theme): number {
  const rgb = (name: string) => {
    const found = known.get(name)?.[theme];
    if (!found) throw new Error(`No color ${name}`);
    return found;
  };
  return ratio(rgb(one), rgb(other));
}

const grounds = ["bg", "surface", "raised", "sunken", "hover"];
const soft = ["accent-soft", "success-soft", "warning-soft", "danger-soft"];

/** Text colors, and the backgrounds they are used on. */
const text: Record<string, string[]> = {
  text: [...grounds, ...soft],
  muted: [...grounds, ...soft],
  accent: [...grounds, "accent-soft"],
  "accent-hover": [...grounds, ...soft],
  success: [...grounds, "success-soft"],
  warning: [...grounds, "warning-soft"],
  danger: [...grounds, "danger-soft"],
  "on-accent": ["accent", "accent-hover"],
  "on-danger": ["danger-fill", "danger-fill-hover"],
};

/** Colors of borders, fills, and icons, and the backgrounds they are used on. */
const parts: Record<string, string[]> = {
  "input-border": [...grounds, ...soft],
  focus: [...grounds, ...soft],
  "danger-fill": ["bg", "surface", "raised"],
  "chart-ok": grounds,
  "chart-refused": ["bg", "surface", "raised"],
  "chart-failed": grounds,
};

function worst(pairs: Record<string, string[]>, theme: Theme) {
  return Object.entries(pairs).flatMap(([name, on]) =>
    on.map((ground) => ({ name, ground, ratio: contrast(name, ground, theme) })),
  );
}

describe.each(["light", "dark"] as const)("colors, %s", (theme) => {
  test("all color tokens were read", () => {
    expect(known.size).toBe(26);
  });

  test("text has a contrast of 4.5 on all its backgrounds", () => {
    const pairs = worst(text, theme);
    expect(pairs.length).toBeGreaterThan(40);
    expect(pairs.filter((pair) => pair.ratio < 4.5)).toEqual([]);
  });

  test("borders, fills, and icons have a contrast of 3 on all their backgrounds", () => {
    const pairs = worst(parts, theme);
    expect(pairs.length).toBeGreaterThan(25);
    expect(pairs.filter((pair) => pair.ratio < 3)).toEqual([]);
  });

  test("initials and badges of any hue have a contrast of 4.5 on their background", () => {
    const [ground, ink] = hueParts[theme];
    const ratios = Array.from({ length: 360 }, (_, hue) => ratio(linear(...ground, hue), linear(...ink, hue)));
    expect(Math.min(...ratios)).toBeGreaterThan(4.5);
  });
});
