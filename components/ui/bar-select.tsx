"use client";

import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { Field } from "#components/ui/field";
import { buttonEvents, late, useStandIn } from "#components/ui/late";
import type { SelectOption } from "#components/ui/select";
import { selectLook } from "#components/ui/select-look";

const part = late(() => import("#components/ui/select"));

interface BarSelectProps {
  label: string;
  options: readonly SelectOption<string>[];
  value: string;
  onChange: (value: string) => void;
}

/** A select in a filter bar, whose code is loaded later. */
export function BarSelect({ label, options, value, onChange }: BarSelectProps) {
  const id = useId();
  const { module, ref, ...standIn } = useStandIn(part);
  if (module) return <module.Select hideLabel size="bar" {...{ label, options, value, onChange }} ref={ref} />;
  return (
    <Field id={id} label={label} hideLabel>
      <button
        type="button"
        id={id}
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded={false}
        aria-controls={undefined}
        aria-labelledby={`${id}-label`}
        className={selectLook("bar")}
        {...buttonEvents(standIn)}
      >
        <span className="truncate">{options.find((option) => option.value === value)?.label}</span>
        <span aria-hidden className="shrink-0 text-muted">
          <ChevronDown size={16} />
        </span>
      </button>
    </Field>
  );
}
