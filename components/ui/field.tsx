import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "#components/ui/cx";

/** The props of every field. */
export interface FieldProps {
  label: string;
  /** One line below the control. The error replaces it. */
  help?: ReactNode;
  /** What is wrong and what to do. */
  error?: string | null;
  /** Adds “(optional)” to the label. Required fields aren't marked. */
  optional?: boolean;
  /** For filter bars: shows the label only to assistive technology. */
  hideLabel?: boolean;
  className?: string;
}

interface FrameProps extends FieldProps {
  id: string;
  /** A group, such as radio buttons, is labeled by id; a single control by `for`. */
  group?: boolean;
  children: ReactNode;
}

/** Connects a control to its label, help, and error. Spread the result on the control. */
export function fieldControl(id: string, { help, error }: Pick<FieldProps, "help" | "error">) {
  return {
    id,
    "aria-describedby": help || error ? `${id}-note` : undefined,
    "aria-invalid": error ? (true as const) : undefined,
  };
}

/** The look of inputs and selects. */
export const controlLook = cx(
  "w-full min-w-0 rounded-control border border-input-border bg-surface px-3 text-input text-text",
  "aria-invalid:border-danger aria-invalid:shadow-[inset_0_0_0_1px_var(--color-danger)]",
  "disabled:bg-sunken disabled:text-muted [&:is(input,textarea):read-only]:bg-sunken",
);

export function Field({ id, label, help, error, optional, hideLabel, group, className, children }: FrameProps) {
  const Label = group ? "div" : "label";
  const labelling = group ? { id: `${id}-label` } : { id: `${id}-label`, htmlFor: id };
  return (
    <div className={cx("flex min-w-0 flex-col gap-1", className)}>
      <Label {...labelling} className={hideLabel ? "sr-only" : "w-fit text-body font-medium"}>
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </Label>
      {children}
      <FieldNote id={`${id}-note`} help={help} error={error} />
    </div>
  );
}

export function FieldNote({ id, help, error }: { id: string } & Pick<FieldProps, "help" | "error">) {
  if (error) {
    return (
      <p id={id} className="flex gap-1.5 text-help text-danger">
        <CircleAlert size={16} className="mt-0.5 shrink-0" />
        <span>{error}</span>
      </p>
    );
  }
  return help ? (
    <p id={id} className="text-help text-muted">
      {help}
    </p>
  ) : null;
}
