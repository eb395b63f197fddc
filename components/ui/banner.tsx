import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "#components/ui/cx";

type BannerTone = "info" | "success" | "warning" | "danger";

const tones: Record<BannerTone, { look: string; Icon: typeof Info }> = {
  info: { look: "bg-accent-soft", Icon: Info },
  success: { look: "bg-success-soft", Icon: CircleCheck },
  warning: { look: "bg-warning-soft", Icon: TriangleAlert },
  danger: { look: "bg-danger-soft", Icon: CircleAlert },
};
const inks: Record<BannerTone, string> = {
  info: "text-accent",
  success: "text-success",
  warning: "text-warning",
  danger: "text-danger",
};

interface BannerProps {
  tone?: BannerTone;
  children: ReactNode;
  action?: ReactNode;
  /** Use `alert` for an error after an action, so that it is announced at once. */
  role?: "alert" | "status";
}

export function Banner({ tone = "info", children, action, role }: BannerProps) {
  const { look, Icon } = tones[tone];
  return (
    <div
      role={role}
      className={cx(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-control border border-transparent px-3 py-2",
        look,
      )}
    >
      <p className="flex min-w-0 grow basis-60 gap-2">
        <Icon size={16} className={cx("mt-0.5 shrink-0", inks[tone])} />
        <span className="min-w-0">{children}</span>
      </p>
      {action}
    </div>
  );
}
