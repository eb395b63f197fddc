import { cx } from "#components/ui/cx";
import { controlLook } from "#components/ui/field";

/** The look of a closed select. */
export function selectLook(size?: "bar" | "control"): string {
  return cx(
    controlLook,
    "flex items-center justify-between gap-2 pr-2 text-start hover:bg-hover",
    size === "bar" ? "h-(--control-bar)" : "h-(--control)",
  );
}
