"use client";

import { Pencil, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import { FactForm, type FactProps } from "#components/records/fact-form";
import type { RecordBase, Values } from "#components/records/values";
import { useDraft } from "#components/shell/api";
import { Button } from "#components/ui/button";
import { cx } from "#components/ui/cx";
import { IconButton } from "#components/ui/icon-button";

/** The editing state of a field, with the draft from before the session ended. Focus returns to the button. */
function useEditing<R extends RecordBase, V extends Values>({ kind, field }: FactProps<R, V>) {
  const [draft, setDraft] = useState<V | null>();
  const typed = useRef<V | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const open = draft !== undefined;
  useDraft<V>(`${kind.noun}-${field}`, () => (open ? typed.current : null), setDraft);
  useEffect(() => {
    if (wasOpen.current && !open) opener.current?.focus();
    wasOpen.current = open;
  }, [open]);
  return { open, draft, typed, opener, edit: () => setDraft(null), close: () => setDraft(undefined) };
}

/** A field's name and value, edited in place: Enter saves, Escape cancels. */
export function Fact<R extends RecordBase, V extends Values>(props: FactProps<R, V>) {
  const { kind, record, field } = props;
  const { open, draft, typed, opener, edit, close } = useEditing(props);
  const label = kind.labels[field];
  return (
    <FactRow name={label} open={open}>
      {open ? (
        <FactForm {...props} draft={draft ?? undefined} typed={typed} onClose={close} />
      ) : (
        <>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the button next to it does the same */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
          <div className="min-w-0 grow cursor-text py-1" onClick={(event) => isPlainPress(event.target) && edit()}>
            {kind.view(field, fieldValue(record, field))}
          </div>
          <IconButton ref={opener} label={`Edit ${label.toLowerCase()}`} icon={<Pencil size={14} />} onClick={edit} />
        </>
      )}
    </FactRow>
  );
}

/** A name and a value. */
export function FactRow({ name, open, children }: { name: string; open?: boolean; children: ReactNode }) {
  return (
    <div className={cx("grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-2", open ? "py-1" : "items-start")}>
      <dt className="py-1 text-muted">{name}</dt>
      <dd className="flex min-w-0 items-start gap-1 break-words">{children}</dd>
    </div>
  );
}

/** A long text in its own card, edited in place. */
export function LongFact<R extends RecordBase, V extends Values>(props: FactProps<R, V>) {
  const { kind, record, field } = props;
  const { open, draft, typed, opener, edit, close } = useEditing(props);
  const label = kind.labels[field];
  const text = String(fieldValue(record, field) ?? "");
  return (
    <section aria-label={label}>
      <div className="mb-2 flex min-h-8 items-center justify-between gap-4">
        <h2 className="text-title font-semibold">{label}</h2>
        {text && !open && (
          <IconButton ref={opener} label={`Edit ${label.toLowerCase()}`} icon={<Pencil size={14} />} onClick={edit} />
        )}
      </div>
      {open && <FactForm {...props} draft={draft ?? undefined} typed={typed} onClose={close} />}
      {!open && text && <p className="max-w-prose break-words whitespace-pre-line">{text}</p>}
      {!open && !text && (
        <Button ref={opener} size="bar" icon={<Plus size={16} />} onClick={edit}>
          Add a {label.toLowerCase()}
        </Button>
      )}
    </section>
  );
}

function fieldValue(record: RecordBase, field: string): unknown {
  return Object.entries(record).find(([name]) => name === field)?.[1];
}

/** Not on a link, and not at the end of a text selection. */
function isPlainPress(target: EventTarget): boolean {
  return target instanceof Element && !target.closest("a, button") && getSelection()?.isCollapsed !== false;
}
