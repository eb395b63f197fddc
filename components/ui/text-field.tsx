"use client";

import type { ComponentProps } from "react";
import { useId } from "react";
import { cx } from "#components/ui/cx";
import type { FieldProps } from "#components/ui/field";
import { controlLook, Field, fieldControl } from "#components/ui/field";

interface TextFieldProps extends FieldProps, Omit<ComponentProps<"input">, keyof FieldProps> {
  /** For ids and codes: uses Geist Mono. */
  mono?: boolean;
}

export function TextField({ label, help, error, optional, hideLabel, className, mono, ...rest }: TextFieldProps) {
  const made = useId();
  const id = rest.id ?? made;
  return (
    <Field {...{ id, label, help, error, optional, hideLabel, className }}>
      <input
        type="text"
        {...rest}
        {...fieldControl(id, { help, error })}
        className={cx(controlLook, "h-(--control)", mono && "font-mono")}
      />
    </Field>
  );
}
