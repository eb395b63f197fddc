"use client";

import { Eye, EyeOff } from "lucide-react";
import type { ComponentProps } from "react";
import { useId, useState } from "react";
import { cx } from "#components/ui/cx";
import type { FieldProps } from "#components/ui/field";
import { controlLook, Field, fieldControl } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";

interface PasswordFieldProps extends FieldProps, Omit<ComponentProps<"input">, keyof FieldProps | "type"> {
  /** Tells password managers which password to fill in. */
  autoComplete: "current-password" | "new-password";
}

export function PasswordField({ label, help, error, optional, hideLabel, className, ...rest }: PasswordFieldProps) {
  const made = useId();
  const id = rest.id ?? made;
  const [shown, setShown] = useState(false);
  return (
    <Field {...{ id, label, help, error, optional, hideLabel, className }}>
      <div className="relative">
        <input
          spellCheck={false}
          autoCapitalize="off"
          {...rest}
          {...fieldControl(id, { help, error })}
          type={shown ? "text" : "password"}
          className={cx(controlLook, "h-(--control) pr-[calc(var(--target)+0.5rem)]")}
        />
        <IconButton
          className="absolute top-1/2 right-1 -translate-y-1/2"
          label={shown ? "Hide password" : "Show password"}
          icon={shown ? <EyeOff size={16} /> : <Eye size={16} />}
          onClick={() => setShown(!shown)}
        />
      </div>
    </Field>
  );
}
