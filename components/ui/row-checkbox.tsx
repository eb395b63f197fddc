"use client";

import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import { checkboxLook } from "#components/ui/checkbox-look";

interface RowCheckboxProps {
  /** Names the row: “Select Northwind”. */
  label: string;
  checked: boolean;
  indeterminate?: boolean;
  /** `range`: whether Shift was held. */
  onChange: (range: boolean) => void;
}

/** A checkbox without a visible label. */
export function RowCheckbox({ label, checked, indeterminate = false, onChange }: RowCheckboxProps) {
  return (
    // A larger target for the checkbox. With Shift, the browser would also select text.
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control
    <label className="-m-2.5 flex w-fit p-2.5" onMouseDown={(event) => event.shiftKey && event.preventDefault()}>
      <Base.Root
        aria-label={label}
        checked={checked}
        indeterminate={indeterminate}
        className={checkboxLook}
        onCheckedChange={(_, { event }) => onChange(event instanceof MouseEvent && event.shiftKey)}
      >
        <Base.Indicator className="flex data-unchecked:hidden">
          {indeterminate ? <Minus size={12} strokeWidth={3} /> : <Check size={12} strokeWidth={3} />}
        </Base.Indicator>
      </Base.Root>
    </label>
  );
}
