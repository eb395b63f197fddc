import { cx } from "#components/ui/cx";
import { hue, hueOf } from "#components/ui/hue";

interface AvatarProps {
  /** Determines the color, so it stays the same if the name changes. */
  id: string;
  name: string;
  /** A circle with initials for people, a tile with one letter for companies. */
  shape?: "person" | "tile";
  /** 24 in rows, 48 next to a page's title. */
  size?: "row" | "small" | "page";
}

const sizes = {
  small: "size-5 text-[0.625rem]",
  row: "size-6 text-[0.6875rem]",
  page: "size-12 text-title",
};

/** Initials or a letter on a color. The name is always next to it, so it is hidden from assistive technology. */
export function Avatar({ id, name, shape = "person", size = "row" }: AvatarProps) {
  return (
    <span
      aria-hidden
      style={hue(hueOf(id))}
      className={cx(
        "hue inline-flex shrink-0 items-center justify-center font-semibold select-none forced-colors:border",
        shape === "person" ? "rounded-full" : size === "page" ? "rounded-card" : "rounded-badge",
        sizes[size],
      )}
    >
      {shape === "person" ? initials(name) : initials(name, 1)}
    </span>
  );
}

/** “AR” for “Ana Ruiz”, “A” for one word or an email address. `most`: 1 for a single letter. */
export function initials(name: string, most: 1 | 2 = 2): string {
  const words = name.match(/[\p{L}\p{N}]\S*/gu) ?? [];
  const last = most === 2 && words.length > 1 ? words.at(-1) : undefined;
  return [words[0], last].map((word = "") => ([...word][0] ?? "").toUpperCase()).join("");
}
