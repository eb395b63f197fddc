"use client";

import { useEffect, useRef } from "react";
import { Conflict } from "#components/records/conflict";
import { ProblemBanner } from "#components/records/problem";
import type { SavingPlan } from "#components/records/record-saving";
import { useRecordSaving } from "#components/records/record-saving";
import type { RecordBase, Values } from "#components/records/values";
import { Button } from "#components/ui/button";
import { Dialog, DialogCancel } from "#components/ui/dialog";

export interface RecordDialogProps<R extends RecordBase, V extends Values> extends SavingPlan<R, V> {
  open: boolean;
  returnFocus?: () => HTMLElement | null;
}

/** Creates or edits a record. Mount it anew (a `key`) for each opening. */
export function RecordDialog<R extends RecordBase, V extends Values>(props: RecordDialogProps<R, V>) {
  const { kind, open, onClose, record, returnFocus } = props;
  const { form, theirs, problem, busy, faulty, submit } = useRecordSaving(props);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (faulty > 0) body.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [faulty]);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`${record ? "Edit" : "Create"} ${kind.noun}`}
      edited={form.edited}
      onSubmit={submit}
      returnFocus={returnFocus}
      footer={
        <>
          <DialogCancel />
          <Button look="primary" type="submit" busy={busy}>
            {record ? "Save" : "Create"} {kind.noun}
          </Button>
        </>
      }
    >
      <div ref={body}>
        <ProblemBanner problem={problem} />
        {theirs && <Conflict kind={kind} merge={theirs} form={form} />}
        <kind.Fields form={form} />
      </div>
    </Dialog>
  );
}
