"use client";

import { Radio } from "@base-ui/react/radio";
import { RadioGroup as Base } from "@base-ui/react/radio-group";
import type { ReactNode } from "react";
import { useId } from "react";
import { cx } from "#components/ui/cx";
import type { FieldProps } from "#components/ui/field";
import { Field, fieldControl } from "#components/ui/field";

interface RadioOption<Value extends string> {
  value: Value;
  label: string;
  /** One sentence below the label. */
  text?: ReactNode;
  /** Disables the option; the text says why. */
  off?: string;
}

interface RadioGroupProps<Value extends string> extends FieldProps {
  options: readonly RadioOption<Value>[];
  value?: Value;
  defaultValue?: Value;
  onChange?: (value: Value) => void;
  name?: string;
  /** Cards are in two columns from 640 px, a list in one. */
  look?: "list" | "cards";
}

export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, help, error, optional, hideLabel, className, options, onChange, look = "list" } = props;
  const id = useId();
  const cards = look === "cards";
  return (
    <Field group {...{ id, label, help, error, optional, hideLabel, className }}>
      <Base
        {...fieldControl(id, { help, error })}
        aria-labelledby={`${id}-label`}
        name={props.name}
        value={props.value}
        defaultValue={props.defaultValue}
        onValueChange={(value) => onChange?.(value as Value)}
        className={cards ? "grid gap-2 sm:grid-cols-2" : "flex flex-col"}
      >
        {options.map((option) => (
          <Option key={option.value} option={option} card={cards} />
        ))}
      </Base>
    </Field>
  );
}

function Option<Value extends string>({ option, card }: { option: RadioOption<Value>; card: boolean }) {
  const id = useId();
  const note = option.off ?? option.text;
  const off = option.off !== undefined;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the radio inside is the control
    <label
      className={cx(
        "flex items-start gap-2",
        card
          ? "rounded-control border border-input-border p-3 has-data-checked:border-accent has-data-checked:bg-accent-soft"
          : "py-1.5 pointer-coarse:py-3",
        card && !off && "hover:bg-hover",
        off && "cursor-default",
      )}
    >
      <Radio.Root
        value={option.value}
        disabled={off}
        aria-labelledby={`${id}-label`}
        aria-describedby={note ? `${id}-note` : undefined}
        className={cx(
          "mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-input-border bg-surface",
          "data-checked:border-[5px] data-checked:border-accent data-disabled:bg-sunken",
        )}
      />
      <span className="flex min-w-0 flex-col">
        <span id={`${id}-label`} className={cx("font-medium", off && "text-muted")}>
          {option.label}
        </span>
        {note && (
          <span id={`${id}-note`} className="text-help text-muted">
            {note}
          </span>
        )}
      </span>
    </label>
  );
}
