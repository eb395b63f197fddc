"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, ChevronDown, X } from "lucide-react";
import { type Ref, useId, useState } from "react";
import type { Choice, Choices } from "#components/records/use-choices";
import { useChoices } from "#components/records/use-choices";
import { cx } from "#components/ui/cx";
import type { FieldProps } from "#components/ui/field";
import { controlLook, Field, fieldControl } from "#components/ui/field";
import { itemLook, popupLook } from "#components/ui/menu-look";
import { useShownPending } from "#components/ui/pending";

export interface PickerProps extends FieldProps {
  /** A record's id, or empty. */
  value: string;
  onChange: (id: string) => void;
  /** `bar`: 32 px high, for filter bars. */
  size?: "bar" | "control";
  placeholder?: string;
  /** An extra choice at the top. */
  extra?: Choice | undefined;
  /** Whether a choice is required, so it can't be cleared. */
  required?: boolean;
  control?: Ref<HTMLElement>;
}

/** Searches for one of many records by typing. */
export function Picker({ choices, value, onChange, ...rest }: PickerProps & { choices: Choices }) {
  const [picked, setPicked] = useState<Choice | null>(null);
  const known = [picked, rest.extra].find((choice) => choice?.id === value);
  const name = choices.useName(known ? "" : value);
  const chosen = value === "" ? null : (known ?? { id: value, name: name ?? "" });
  return (
    <Combobox
      {...rest}
      choices={choices}
      // The input takes its text from the choice only on its first render, so it has to wait for the name.
      key={chosen?.name === "" ? "waiting" : "there"}
      chosen={chosen}
      onPick={(choice) => {
        setPicked(choice);
        onChange(choice?.id ?? "");
      }}
    />
  );
}

interface ComboboxProps extends Omit<PickerProps, "value" | "onChange"> {
  choices: Choices;
  chosen: Choice | null;
  onPick: (choice: Choice | null) => void;
}

function Combobox({ choices, chosen, onPick, size, placeholder, extra, required, control, ...field }: ComboboxProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const { rows, text, busy } = useChoices(choices, typed.trim(), open);
  const looking = useShownPending(busy);
  const isSearch = typed.trim() !== "";
  // Not the rows of the last search: Enter would choose one of them.
  const found = busy && isSearch ? [] : rows;
  const items = extra && !isSearch ? [extra, ...found.filter(({ id }) => id !== extra.id)] : found;
  const clearable = !required;
  const note = looking ? "Looking…" : text;
  return (
    <Field id={id} {...field}>
      <Base.Root
        items={items}
        value={chosen}
        onValueChange={(choice, { reason }) => {
          // Text is removed to type other text. Only the button clears the choice.
          if (choice !== null || reason === "clear-press") onPick(choice);
        }}
        itemToStringLabel={(choice: Choice) => choice.name}
        isItemEqualToValue={(one: Choice, other: Choice) => one.id === other.id}
        filter={null}
        autoHighlight
        open={open}
        onOpenChange={(next) => {
          setOpen(next);
          if (!next) setTyped("");
        }}
        onInputValueChange={(next, { reason }) => {
          if (reason === "input-change" || reason === "input-clear" || reason === "clear-press") setTyped(next);
        }}
      >
        <Base.InputGroup className="relative">
          <Base.Input
            ref={control as Ref<HTMLInputElement>}
            {...fieldControl(id, field)}
            aria-labelledby={`${id}-label`}
            onFocus={(event) => event.currentTarget.select()}
            onKeyDown={(event) => {
              // There is nothing to choose yet, and the form isn't to be submitted.
              if (event.key !== "Enter" || !open || items.length > 0) return;
              event.preventDefault();
              event.preventBaseUIHandler();
            }}
            placeholder={placeholder}
            autoComplete="off"
            spellCheck={false}
            className={cx(
              controlLook,
              "truncate",
              clearable && chosen ? "pr-16" : "pr-9",
              size === "bar" ? "h-(--control-bar)" : "h-(--control)",
            )}
          />
          <div className="pointer-events-none absolute inset-y-0 right-2 flex items-center gap-1 text-muted">
            {clearable && (
              <Base.Clear
                aria-label={`Clear ${field.label.toLowerCase()}`}
                className="pointer-events-auto flex size-6 items-center justify-center rounded-control hover:bg-hover hover:text-text data-ending-style:hidden"
              >
                <X size={16} />
              </Base.Clear>
            )}
            <ChevronDown size={16} />
          </div>
        </Base.InputGroup>
        <Base.Portal>
          <Base.Positioner align="start" sideOffset={4} className="z-10 outline-none">
            <Base.Popup aria-busy={busy || undefined} className={cx(popupLook, "w-(--anchor-width) min-w-60")}>
              <Base.Empty className="px-3 py-2 text-muted empty:p-0">{note}</Base.Empty>
              <Base.List className="max-h-[min(20rem,var(--available-height))] scroll-py-1 overflow-y-auto p-1 empty:p-0">
                {(choice: Choice) => (
                  <Base.Item key={choice.id} value={choice} className={cx(itemLook, "pr-8")}>
                    <span className="flex min-w-0 flex-col">
                      <span className="break-words">{choice.name}</span>
                      {choice.detail && <span className="text-help text-muted">{choice.detail}</span>}
                    </span>
                    <Base.ItemIndicator className="absolute right-2 text-accent">
                      <Check size={16} />
                    </Base.ItemIndicator>
                  </Base.Item>
                )}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Field>
  );
}
