"use client";

import type { ComponentProps } from "react";
import { useId } from "react";
import { cx } from "#components/ui/cx";
import type { FieldProps } from "#components/ui/field";
import { controlLook, Field, fieldControl } from "#components/ui/field";

interface TextareaProps extends FieldProps, Omit<ComponentProps<"textarea">, keyof FieldProps> {
  /** For tokens and code: uses Geist Mono. */
  mono?: boolean;
}

/** Grows with its text. Ctrl+Enter or ⌘+Enter submits the form. */
export function Textarea({
  label,
  help,
  error,
  optional,
  hideLabel,
  className,
  mono,
  onKeyDown,
  ...rest
}: TextareaProps) {
  const made = useId();
  const id = rest.id ?? made;
  return (
    <Field {...{ id, label, help, error, optional, hideLabel, className }}>
      <textarea
        rows={4}
        {...rest}
        {...fieldControl(id, { help, error })}
        className={cx(controlLook, "field-sizing-content max-h-96 min-h-24 resize-y py-2", mono && "font-mono")}
        onKeyDown={(event) => {
          onKeyDown?.(event);
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }
        }}
      />
    </Field>
  );
}
