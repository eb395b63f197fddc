import type { CSSProperties } from "react";

/** The number of distinct hues. */
const hues = 12;

/** Returns a hue in degrees, always the same for an id. Uses FNV-1a, so that consecutive ids get different hues. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193) >>> 0;
  return (hash % hues) * (360 / hues);
}

/** The style that sets the color of an element with the class `hue`. */
export function hue(degrees: number): CSSProperties {
  return { "--hue": degrees } as CSSProperties;
}
