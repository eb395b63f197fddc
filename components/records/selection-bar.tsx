"use client";

import { Tag, Trash2, UserRound, X } from "lucide-react";
import { useRef, useState } from "react";
import { BulkDelete } from "#components/records/bulk-delete";
import { BulkOwner } from "#components/records/bulk-owner";
import { BulkTag } from "#components/records/bulk-tag";
import type { RecordKind } from "#components/records/record-kind";
import type { BarProps } from "#components/records/selection";
import type { Tagged, Values } from "#components/records/values";
import { Button } from "#components/ui/button";
import { IconButton } from "#components/ui/icon-button";

interface Job<R> {
  task: "owner" | "tag" | "delete";
  records: readonly R[];
  /** Increases with each opening, so that each has a new dialog. */
  turn: number;
}

/** The actions for the selected rows, at the bottom of the window. Its dialogs outlive the rows that they delete. */
export function SelectionBar<R extends Tagged, V extends Values>(props: BarProps<R> & { kind: RecordKind<R, V> }) {
  const { kind, rows, selected, onClear } = props;
  const [job, setJob] = useState<Job<R> | null>(null);
  const [open, setOpen] = useState(false);
  const latest = useRef(0);

  function begin(task: Job<R>["task"]) {
    latest.current += 1;
    setJob({ task, records: selected, turn: latest.current });
    setOpen(true);
  }

  /** The bar disappears, and with it the focused button. */
  function clear() {
    onClear();
    document.getElementById(selected[0]?.id ?? "main")?.focus();
  }

  /** The records' current versions on the page, which may be newer after a run that failed in part. */
  const records = job?.records.map((record) => rows.find(({ id }) => id === record.id) ?? record) ?? [];
  const turn = job?.turn ?? 0;
  /** A job that goes on after its dialog was closed doesn't touch the next one. */
  const ifLatest = (act: () => void) => () => latest.current === turn && act();
  const shared = { kind, records, open, onClose: ifLatest(() => setOpen(false)), onDone: ifLatest(onClear) };
  return (
    <>
      {selected.length > 0 && (
        <section
          aria-label={`${kind.count(selected.length)} selected`}
          className="sticky bottom-4 z-1 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-card border border-border bg-raised py-2 pr-2 pl-4 shadow-raised"
        >
          <span className="mr-2 font-medium tabular-nums">{selected.length} selected</span>
          <Button size="bar" icon={<UserRound size={16} />} onClick={() => begin("owner")}>
            Set owner
          </Button>
          <Button size="bar" icon={<Tag size={16} />} onClick={() => begin("tag")}>
            Add tags
          </Button>
          <Button size="bar" icon={<Trash2 size={16} />} onClick={() => begin("delete")}>
            Delete
          </Button>
          <IconButton label="Clear the selection" icon={<X size={16} />} onClick={clear} />
        </section>
      )}
      {job?.task === "owner" && <BulkOwner key={job.turn} {...shared} />}
      {job?.task === "tag" && <BulkTag key={job.turn} {...shared} />}
      {job?.task === "delete" && <BulkDelete key={job.turn} {...shared} />}
    </>
  );
}
