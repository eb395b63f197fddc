import type { CSSProperties } from "react";

/** How many hues are told apart. */
const hues = 12;

/** A hue in degrees that an id always has. FNV-1a: ids that are made one after the other get unlike hues. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193) >>> 0;
  return (hash % hues) * (360 / hues);
}

/** Sets the color of an element with the class `hue`. */
export function hue(degrees: number): CSSProperties {
  return { "--hue": degrees } as CSSProperties;
}
