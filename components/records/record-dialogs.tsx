"use client";

import { DeleteDialog } from "#components/records/delete-dialog";
import type { DeskDialogsProps } from "#components/records/record-desk";
import { RecordDialog } from "#components/records/record-dialog";
import type { RecordPlan } from "#components/records/record-form";
import type { RecordKind } from "#components/records/record-kind";
import type { RecordBase, Values } from "#components/records/values";

/** The dialogs of a desk, for one noun: the desk's job is about its records. */
export function RecordDialogs<R extends RecordBase, V extends Values>(
  props: DeskDialogsProps & { kind: RecordKind<R, V> },
) {
  const { kind, job, open, onClose, start, typed, onSaved, made, deletedTo, visit } = props;
  const record = job.record as R | undefined;
  const shared = { kind, open, onClose };
  if (job.task === "delete")
    return record && <DeleteDialog {...shared} key={job.turn} record={record} to={deletedTo} visit={visit} />;
  return (
    <RecordDialog
      {...shared}
      key={job.turn}
      record={record}
      start={start as Partial<V>}
      draft={job.draft as V | undefined}
      typed={typed as RecordPlan<R, V>["typed"]}
      onSaved={onSaved}
      returnFocus={() => (made ? document.getElementById(made) : null)}
    />
  );
}
