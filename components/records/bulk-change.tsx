"use client";

import { type ReactNode, useRef } from "react";
import type { z } from "zod";
import { useForm } from "#components/forms/use-form";
import type { BulkProps } from "#components/records/bulk-delete";
import { BulkProgress } from "#components/records/bulk-progress";
import { updateLatest, useBulk } from "#components/records/use-bulk";
import type { RecordBase, Values } from "#components/records/values";
import { useApi } from "#components/shell/api";
import { Button } from "#components/ui/button";
import { Dialog, DialogCancel } from "#components/ui/dialog";
import { useAnnounce } from "#components/ui/live-region";

interface BulkChangeProps<R extends RecordBase, V extends Values> extends BulkProps<R, V> {
  title: string;
  /** What the button says. */
  action: string;
  /** What is announced: “3 contacts tagged.” */
  done: (things: string) => string;
  schema: z.ZodType;
  /** What the control holds. */
  input: Readonly<Record<string, unknown>>;
  /** Whether something is typed that would be lost. */
  edited?: boolean;
  /** What to send for a record; null for nothing. */
  changes: (record: R) => Record<string, unknown> | null;
  /** The control. */
  children: (faults: Readonly<Record<string, string>>) => ReactNode;
}

/** Where focus goes afterward: to the first of the records, unless it left the list. */
function firstOf(records: readonly RecordBase[]): HTMLElement | null {
  return document.getElementById(records[0]?.id ?? "") ?? document.getElementById("main");
}

/** Changes each of the selected records, and names those that couldn't be changed. */
export function BulkChange<R extends RecordBase, V extends Values>(props: BulkChangeProps<R, V>) {
  const { kind, records, open, onClose, onDone, title, action, done, schema, input, edited, changes, children } = props;
  const api = useApi();
  const announce = useAnnounce();
  const bulk = useBulk(kind, records);
  const finished = useRef(false);
  const hasFailures = bulk.failures.length > 0;

  const form = useForm({
    schema,
    input,
    async submit() {
      const { succeeded, failed } = await bulk.run((record) => updateLatest(kind, api, record, changes));
      if (succeeded > 0) announce(done(kind.count(succeeded)));
      if (failed > 0) return;
      finished.current = true;
      onDone();
      onClose();
    },
  });

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      width="confirm"
      edited={edited && !hasFailures}
      form={form.props}
      returnFocus={() => (finished.current ? firstOf(records) : null)}
      footer={
        <>
          <DialogCancel>{hasFailures ? "Close" : "Cancel"}</DialogCancel>
          <Button look="primary" type="submit" busy={form.busy}>
            {hasFailures ? "Try again" : action}
          </Button>
        </>
      }
    >
      {children(form.faults)}
      <BulkProgress bulk={bulk} />
    </Dialog>
  );
}
