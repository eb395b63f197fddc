"use client";

import { X } from "lucide-react";
import type { ClipboardEvent, KeyboardEvent } from "react";
import { useId, useRef, useState } from "react";
import { cx } from "#components/ui/cx";
import type { FieldProps } from "#components/ui/field";
import { controlLook, Field, fieldControl } from "#components/ui/field";
import { IconButton } from "#components/ui/icon-button";
import { useAnnounce } from "#components/ui/live-region";

interface TagsFieldProps extends FieldProps {
  value: readonly string[];
  onChange: (tags: readonly string[]) => void;
}

/** Enter or a comma adds a tag. Backspace in the empty field removes the last one. */
export function TagsField({ label, help, error, optional, className, value, onChange }: TagsFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const announce = useAnnounce();

  function add(typed: string) {
    const fresh = typed.split(/[,\n]/).map((tag) => tag.trim().normalize("NFC"));
    const all = [...new Set([...value, ...fresh.filter(Boolean)])];
    setText("");
    if (all.length > value.length) onChange(all);
  }

  function remove(tag: string) {
    onChange(value.filter((other) => other !== tag));
    announce(`Tag ${tag} removed.`);
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const last = value.at(-1);
    if (event.key === "Enter" && text.trim()) {
      event.preventDefault();
      add(text);
    } else if (event.key === "Backspace" && text === "" && last !== undefined) {
      event.preventDefault();
      remove(last);
    }
  }

  function onPaste(event: ClipboardEvent<HTMLInputElement>) {
    const pasted = event.clipboardData.getData("text");
    if (!/[,\n]/.test(pasted)) return;
    event.preventDefault();
    add(`${text}${pasted}`);
  }

  return (
    <Field {...{ id, label, help, error, optional, className }}>
      <div
        className={cx(
          controlLook,
          "flex min-h-(--control) flex-wrap items-center gap-1 px-1.5 py-1",
          "has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-2 has-[input:focus-visible]:outline-focus",
          error && "border-danger shadow-[inset_0_0_0_1px_var(--color-danger)]",
        )}
      >
        {value.map((tag) => (
          <span key={tag} className="flex min-w-0 items-center rounded-badge bg-hover pl-2 text-help">
            <span className="min-w-0 break-words">{tag}</span>
            <IconButton
              label={`Remove tag ${tag}`}
              icon={<X size={12} />}
              className="size-6 pointer-coarse:size-8"
              onClick={() => remove(tag)}
            />
          </span>
        ))}
        <input
          ref={input}
          {...fieldControl(id, { help, error })}
          value={text}
          autoComplete="off"
          enterKeyHint="enter"
          className="h-6 min-w-24 grow bg-transparent px-1.5 outline-none"
          onChange={({ target }) => (target.value.endsWith(",") ? add(target.value) : setText(target.value))}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => add(text)}
        />
      </div>
    </Field>
  );
}
