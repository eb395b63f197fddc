"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, ChevronDown, X } from "lucide-react";
import { useId, useState } from "react";
import { useAccountName } from "#components/accounts/account-name";
import type { AccountChoice } from "#components/accounts/account-search";
import { useAccountSearch } from "#components/accounts/account-search";
import { Domain } from "#components/records/cells";
import { cx } from "#components/ui/cx";
import type { FieldProps } from "#components/ui/field";
import { controlLook, Field, fieldControl } from "#components/ui/field";
import { itemLook, popupLook } from "#components/ui/menu-look";
import { useShownPending } from "#components/ui/pending";

export interface AccountPickerProps extends FieldProps {
  /** An account's id, or nothing. */
  value: string;
  onChange: (id: string) => void;
  /** 32 high in filter bars. */
  size?: "bar" | "control";
  placeholder?: string;
  /** A choice that is no account, before all others. */
  extra?: AccountChoice;
}

/** Finds an account by name or domain. */
export function AccountPicker({ value, onChange, ...rest }: AccountPickerProps) {
  const [picked, setPicked] = useState<AccountChoice | null>(null);
  const known = [picked, rest.extra].find((choice) => choice?.id === value);
  const looked = useAccountName(known ? "" : value);
  const chosen = value === "" ? null : (known ?? { id: value, name: looked ?? "" });
  return (
    <Picker
      {...rest}
      // The input takes its text from the choice when it is first shown: it has to wait for the name.
      key={chosen?.name === "" ? "waiting" : "there"}
      chosen={chosen}
      onPick={(choice) => {
        setPicked(choice);
        onChange(choice?.id ?? "");
      }}
    />
  );
}

interface PickerProps extends Omit<AccountPickerProps, "value" | "onChange"> {
  chosen: AccountChoice | null;
  onPick: (choice: AccountChoice | null) => void;
}

function Picker({ chosen, onPick, size, placeholder, extra, ...field }: PickerProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const { rows, text, busy } = useAccountSearch(typed.trim(), open);
  const looking = useShownPending(busy);
  const items = extra && typed.trim() === "" ? [extra, ...rows] : rows;
  const note = looking ? "Looking…" : text;
  return (
    <Field id={id} {...field}>
      <Base.Root
        items={items}
        value={chosen}
        onValueChange={onPick}
        itemToStringLabel={(choice: AccountChoice) => choice.name}
        isItemEqualToValue={(one: AccountChoice, other: AccountChoice) => one.id === other.id}
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
            {...fieldControl(id, field)}
            aria-labelledby={`${id}-label`}
            placeholder={placeholder}
            autoComplete="off"
            spellCheck={false}
            className={cx(controlLook, "truncate pr-16", size === "bar" ? "h-(--control-bar)" : "h-(--control)")}
          />
          <div className="pointer-events-none absolute inset-y-0 right-2 flex items-center gap-1 text-muted">
            <Base.Clear
              aria-label={`Clear ${field.label.toLowerCase()}`}
              className="pointer-events-auto flex size-6 items-center justify-center rounded-control hover:bg-hover hover:text-text data-ending-style:hidden"
            >
              <X size={16} />
            </Base.Clear>
            <ChevronDown size={16} />
          </div>
        </Base.InputGroup>
        <Base.Portal>
          <Base.Positioner align="start" sideOffset={4} className="z-10 outline-none">
            <Base.Popup aria-busy={busy || undefined} className={cx(popupLook, "w-(--anchor-width) min-w-60")}>
              <Base.Empty className="px-3 py-2 text-muted empty:p-0">{note}</Base.Empty>
              <Base.List className="max-h-[min(20rem,var(--available-height))] scroll-py-1 overflow-y-auto p-1 empty:p-0">
                {(choice: AccountChoice) => (
                  <Base.Item key={choice.id} value={choice} className={cx(itemLook, "pr-8")}>
                    <span className="flex min-w-0 flex-col">
                      <span className="break-words">{choice.name}</span>
                      {choice.domain && (
                        <span className="text-help text-muted">
                          <Domain domain={choice.domain} />
                        </span>
                      )}
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
