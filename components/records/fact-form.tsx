"use client";

import { Check, X } from "lucide-react";
import { useRouter } from "next/navigation";
import type { KeyboardEvent, RefObject } from "react";
import { useEffect } from "react";
import { ProblemBanner } from "#components/forms/problem";
import { FactConflict } from "#components/records/fact-conflict";
import { useRecordForm } from "#components/records/record-form";
import type { RecordKind } from "#components/records/record-kind";
import type { RecordBase, Values } from "#components/records/values";
import { useVisit } from "#components/records/visit";
import { Button } from "#components/ui/button";
import { useAnnounce } from "#components/ui/live-region";

export interface FactProps<R extends RecordBase, V extends Values> {
  kind: RecordKind<R, V>;
  record: R;
  field: keyof V & string;
}

interface FactFormProps<R extends RecordBase, V extends Values> extends FactProps<R, V> {
  draft: V | undefined;
  typed: RefObject<V | null>;
  onClose: () => void;
}

/** The control of one field with its buttons. A choice is saved as soon as it is made. */
export function FactForm<R extends RecordBase, V extends Values>(props: FactFormProps<R, V>) {
  const { kind, record, field, draft, typed, onClose } = props;
  const router = useRouter();
  const visit = useVisit();
  const announce = useAnnounce();
  const label = kind.labels[field];
  const isChoice = kind.isChoice(field);

  async function onSaved() {
    await visit(() => router.refresh());
    announce(`${label} saved.`);
  }

  const { form, fields, theirs } = useRecordForm<R, V>({
    kind: { ...kind, empty: only(kind.empty, field), schema: kind.changeSchema },
    ...{ record, draft, typed, onSaved, onClose, saveAgain: true },
  });
  const value = fields.values[field];
  const box = form.props.ref;

  useEffect(() => {
    const control = firstControl(box.current);
    control?.focus();
    if (control instanceof HTMLTextAreaElement) control.setSelectionRange(control.value.length, control.value.length);
    if (isChoice && control?.ariaHasPopup) openList(control);
  }, [isChoice, box]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another choice is sent, not another rendering
  useEffect(() => {
    if (isChoice && fields.edited && !theirs) box.current?.requestSubmit();
  }, [value]);

  /** Before the control sees it: Escape closes an open list first, and then leaves the field, without clearing it. */
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Escape" || !(event.target instanceof Element)) return;
    const isInList = !box.current?.contains(event.target) || event.target.ariaExpanded === "true";
    if (isInList) return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  }

  return (
    <form {...form.props} onKeyDownCapture={onKeyDown} className="flex min-w-0 grow flex-col gap-2">
      <ProblemBanner problem={form.problem} />
      {kind.editors[field](fields, { hideLabel: true })}
      {theirs && <FactConflict kind={kind} field={field} conflict={theirs} onClose={onClose} />}
      <div className="flex flex-wrap gap-2">
        {(!isChoice || form.failed) && (
          <Button look="primary" size="bar" type="submit" icon={<Check size={16} />} busy={form.busy}>
            Save
          </Button>
        )}
        <Button look="quiet" size="bar" icon={<X size={16} />} onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** The form then holds, checks and merges this one field. */
function only<V extends Values>(values: V, field: keyof V & string): V {
  return { [field]: values[field] } as V;
}

/** So one press on “Edit” is enough. */
function openList(control: HTMLElement): void {
  if (control instanceof HTMLInputElement)
    control.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
  else control.click();
}

function firstControl(form: HTMLFormElement | null): HTMLElement | null {
  return (
    form?.querySelector<HTMLElement>("input:not([type=hidden], [aria-hidden]), textarea, [role]:not([role=group])") ??
    null
  );
}
