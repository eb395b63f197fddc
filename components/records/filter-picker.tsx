"use client";

import { ChevronDown, X } from "lucide-react";
import { type ComponentType, useEffect, useId, useRef } from "react";
import { useUrlChoice } from "#components/records/list-select";
import type { PickerProps } from "#components/records/picker";
import type { Choice } from "#components/records/use-choices";
import { cx } from "#components/ui/cx";
import { controlLook, Field } from "#components/ui/field";
import { type Late, useStandIn } from "#components/ui/late";

interface FilterPickerProps {
  /** The parameter's name in the URL. */
  param: string;
  picker: Late<ComponentType<PickerProps>>;
  label: string;
  placeholder: string;
  extra: Choice;
  value: string;
  /** The name of the value, if it came with the page. */
  name: string | undefined;
  className: string | undefined;
}

/** Filters a list by one of many records, found by typing. The picker's code is loaded later. */
export function FilterPicker({ param, picker, className, name, value, ...rest }: FilterPickerProps) {
  const { shown, busy, choose } = useUrlChoice(param, value);
  const { module: Picker, ref, want, hold } = useStandIn(picker);
  const { extra, label, placeholder } = rest;
  const known = shown === extra.id ? extra.name : shown === value ? name : undefined;
  const isUnknown = shown !== "" && known === undefined;
  // The picker loads the name.
  useEffect(() => {
    if (isUnknown) want();
  });
  return (
    <div aria-busy={busy || undefined} className={className}>
      {Picker ? (
        <Picker {...rest} hideLabel size="bar" value={shown} onChange={choose} control={ref} />
      ) : (
        <StandIn
          {...{ label, placeholder, want, hold }}
          text={known ?? ""}
          onClear={shown ? () => choose("") : undefined}
        />
      )}
    </div>
  );
}

interface StandInProps {
  label: string;
  placeholder: string;
  /** The name of what is chosen. */
  text: string;
  onClear: (() => void) | undefined;
  want: (by?: (control: HTMLElement) => void) => void;
  hold: (held: boolean) => void;
}

function StandIn({ label, placeholder, text, onClear, want, hold }: StandInProps) {
  const id = useId();
  const pressed = useRef(false);
  const typed = useRef<string | null>(null);

  /** Moves to the picker with what was typed. A press opens it. */
  function moveTo(control: HTMLElement) {
    control.focus();
    // The picker opens on the press itself, not on the click.
    if (pressed.current) control.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
    if (typed.current !== null) write(control as HTMLInputElement, typed.current);
  }

  return (
    <Field id={id} label={label} hideLabel>
      <div className="relative">
        <input
          id={id}
          role="combobox"
          aria-expanded={false}
          aria-haspopup="listbox"
          aria-labelledby={`${id}-label`}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          defaultValue={text}
          key={text}
          className={cx(controlLook, "h-(--control-bar) truncate", onClear ? "pr-16" : "pr-9")}
          onPointerEnter={(event) => {
            if (event.pointerType === "mouse" && event.currentTarget !== document.activeElement) want();
          }}
          onPointerDown={() => {
            pressed.current = true;
            hold(true);
          }}
          onPointerLeave={() => hold(false)}
          onPointerCancel={() => hold(false)}
          onClick={() => {
            hold(false);
            want(moveTo);
          }}
          onFocus={(event) => {
            event.currentTarget.select();
            want(moveTo);
          }}
          onInput={(event) => {
            typed.current = event.currentTarget.value;
          }}
        />
        <div className="pointer-events-none absolute inset-y-0 right-2 flex items-center gap-1 text-muted">
          {onClear && (
            <button
              type="button"
              tabIndex={-1}
              aria-label={`Clear ${label.toLowerCase()}`}
              className="pointer-events-auto flex size-6 items-center justify-center rounded-control hover:bg-hover hover:text-text"
              onClick={onClear}
            >
              <X size={16} />
            </button>
          )}
          <ChevronDown size={16} />
        </div>
      </div>
    </Field>
  );
}

/** Changes an input's value as typing does. React ignores a value that is set on the element itself. */
function write(input: HTMLInputElement, text: string) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, text);
  input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
}
