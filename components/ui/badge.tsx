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
  /** A hue in degrees, instead of a tone, for categories that are neither good nor bad. */
  color?: number;
  icon: ReactNode;
  children: ReactNode;
}

/** 20 px high, always with an icon (12 px) and text. */
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
