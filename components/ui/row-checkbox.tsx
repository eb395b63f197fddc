"use client";

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

/** A checkbox without a visible label. A list has one in each row, so it is only a button. */
export function RowCheckbox({ label, checked, indeterminate = false, onChange }: RowCheckboxProps) {
  const isOn = checked || indeterminate;
  return (
    // A larger target for the checkbox. With Shift, the browser would also select text.
    <label className="-m-2.5 flex w-fit p-2.5" onMouseDown={(event) => event.shiftKey && event.preventDefault()}>
      {/* biome-ignore lint/a11y/useSemanticElements: an input can't contain the icon */}
      <button
        type="button"
        role="checkbox"
        aria-label={label}
        aria-checked={indeterminate ? "mixed" : checked}
        data-checked={checked && !indeterminate ? "" : undefined}
        data-indeterminate={indeterminate ? "" : undefined}
        className={checkboxLook}
        onClick={(event) => onChange(event.shiftKey)}
        // A checkbox isn't operated with Enter.
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      >
        {isOn && (indeterminate ? <Minus size={12} strokeWidth={3} /> : <Check size={12} strokeWidth={3} />)}
      </button>
    </label>
  );
}
