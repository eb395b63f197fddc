import type { ReactNode } from "react";
import { cx } from "#components/ui/cx";
import { hue } from "#components/ui/hue";

export type Tone = "neutral" | "accent" | "success" | "warning" | "danger";

const tones: Record<Tone, string> = {
  neutral: "border-border bg-sunken text-muted",
  accent: "border-transparent bg-accent-soft text-accent",
  success: "border-transparent bg-success-soft text-success",
  warning: "border-transparent bg-warning-soft text-warning",
  danger: "border-transparent bg-danger-soft text-danger",
};

interface BadgeProps {
  tone?: Tone;
  /** For a kind that is neither good nor bad: a color of its own, in degrees, in place of a tone. */
  color?: number;
  icon: ReactNode;
  children: ReactNode;
}

/** 20 high, always icon (12 px) and word. */
export function Badge({ tone = "neutral", color, icon, children }: BadgeProps) {
  return (
    <span
      style={color === undefined ? undefined : hue(color)}
      className={cx(
        "inline-flex h-5 w-fit items-center gap-1 rounded-badge border px-1.5 align-middle",
        "text-badge font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0",
        color === undefined ? tones[tone] : "hue border-transparent",
      )}
    >
      {icon}
      {children}
    </span>
  );
}
