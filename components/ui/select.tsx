"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import type { Ref } from "react";
import { useId } from "react";
import { cx } from "#components/ui/cx";
import type { FieldProps } from "#components/ui/field";
import { Field, fieldControl } from "#components/ui/field";
import { itemLook, popupLook } from "#components/ui/menu-look";
import { selectLook } from "#components/ui/select-look";

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  /** Disables the option; the text says why. */
  off?: string;
}

interface SelectProps<Value extends string> extends FieldProps {
  options: readonly SelectOption<Value>[];
  value?: Value;
  defaultValue?: Value;
  onChange?: (value: Value) => void;
  /** For native form submission. */
  name?: string;
  /** `bar`: 32 px high, for filter bars. */
  size?: "bar" | "control";
  placeholder?: string;
  ref?: Ref<HTMLButtonElement>;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, help, error, optional, hideLabel, className, options, onChange, size, placeholder, ref } = props;
  const id = useId();
  return (
    <Field {...{ id, label, help, error, optional, hideLabel, className }}>
      <Base.Root
        id={id}
        items={options as SelectOption<Value>[]}
        name={props.name}
        value={props.value}
        defaultValue={props.defaultValue}
        onValueChange={(value) => value !== null && onChange?.(value as Value)}
      >
        <Base.Trigger
          ref={ref}
          {...fieldControl(id, { help, error })}
          aria-labelledby={`${id}-label`}
          className={selectLook(size)}
        >
          <Base.Value placeholder={placeholder} className="truncate data-placeholder:text-muted" />
          <Base.Icon className="shrink-0 text-muted">
            <ChevronDown size={16} />
          </Base.Icon>
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-10 outline-none">
            <Base.Popup className={cx(popupLook, "min-w-(--anchor-width)")}>
              <Base.List className="max-h-(--available-height) scroll-py-1 overflow-y-auto p-1">
                {options.map((option) => (
                  <Base.Item
                    key={option.value}
                    value={option.value}
                    disabled={option.off !== undefined}
                    className={cx(itemLook, "pr-8")}
                  >
                    <span className="flex min-w-0 flex-col">
                      <Base.ItemText>{option.label}</Base.ItemText>
                      {option.off && <span className="text-help text-muted">{option.off}</span>}
                    </span>
                    <Base.ItemIndicator className="absolute right-2 text-accent">
                      <Check size={16} />
                    </Base.ItemIndicator>
                  </Base.Item>
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Field>
  );
}
