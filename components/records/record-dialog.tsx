"use client";

import { ProblemBanner } from "#components/forms/problem";
import { Conflict } from "#components/records/conflict";
import type { RecordPlan } from "#components/records/record-form";
import { useRecordForm } from "#components/records/record-form";
import type { RecordBase, Values } from "#components/records/values";
import { Button } from "#components/ui/button";
import { Dialog, DialogCancel } from "#components/ui/dialog";

interface RecordDialogProps<R extends RecordBase, V extends Values> extends RecordPlan<R, V> {
  open: boolean;
  returnFocus?: () => HTMLElement | null;
}

/** Creates or edits a record. Mount it anew (a `key`) for each opening. */
export function RecordDialog<R extends RecordBase, V extends Values>(props: RecordDialogProps<R, V>) {
  const { kind, open, onClose, record, returnFocus } = props;
  const { form, fields, theirs } = useRecordForm(props);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`${record ? "Edit" : "Create"} ${kind.noun}`}
      edited={fields.edited}
      form={form.props}
      returnFocus={returnFocus}
      footer={
        <>
          <DialogCancel />
          <Button look="primary" type="submit" busy={form.busy}>
            {record ? "Save" : "Create"} {kind.noun}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ProblemBanner problem={form.problem} />
        {theirs && <Conflict kind={kind} merge={theirs} form={fields} />}
        <kind.Fields form={fields} />
      </div>
    </Dialog>
  );
}
