"use client";

import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { useId } from "react";
import { checkboxLook } from "#components/ui/checkbox-look";
import { cx } from "#components/ui/cx";
import { FieldNote, fieldControl } from "#components/ui/field";

interface CheckboxProps {
  label: ReactNode;
  help?: ReactNode;
  error?: string | null;
  checked?: boolean;
  defaultChecked?: boolean;
  onChange?: (checked: boolean) => void;
  name?: string;
  /** Disables the option; the text says why. Replaces `help`. */
  off?: string;
  className?: string;
}

export function Checkbox({ label, help, error, off, onChange, className, ...rest }: CheckboxProps) {
  const id = useId();
  const note = off ?? help;
  const { id: _, ...described } = fieldControl(id, { help: note, error });
  return (
    <div className={cx("flex min-w-0 flex-col", className)}>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control */}
      <label className={cx("flex items-start gap-2 py-1.5 pointer-coarse:py-3", off && "cursor-default text-muted")}>
        <Base.Root
          {...rest}
          {...described}
          aria-labelledby={`${id}-label`}
          disabled={off !== undefined}
          onCheckedChange={onChange}
          className={cx("mt-0.5", checkboxLook)}
        >
          <Base.Indicator className="flex data-unchecked:hidden">
            <Check size={12} strokeWidth={3} />
          </Base.Indicator>
        </Base.Root>
        <span id={`${id}-label`} className="min-w-0">
          {label}
        </span>
      </label>
      {(note || error) && (
        <div className="-mt-1 pb-1.5 pl-6">
          <FieldNote id={`${id}-note`} help={note} error={error} />
        </div>
      )}
    </div>
  );
}
