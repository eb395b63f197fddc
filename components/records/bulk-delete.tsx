"use client";

import { useRef } from "react";
import { BulkProgress } from "#components/records/bulk-progress";
import type { RecordKind } from "#components/records/record-kind";
import { useBulk } from "#components/records/use-bulk";
import type { RecordBase, Values } from "#components/records/values";
import { useApi } from "#components/shell/api";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAnnounce } from "#components/ui/live-region";
import { ApiProblem } from "#lib/contract/client";

export interface BulkProps<R extends RecordBase, V extends Values> {
  kind: RecordKind<R, V>;
  records: readonly R[];
  open: boolean;
  onClose: () => void;
  /** Once it is done for all of them. */
  onDone: () => void;
}

/** Asks once, with the count and the consequence. Deletes only the versions that were looked at. */
export function BulkDelete<R extends RecordBase, V extends Values>(props: BulkProps<R, V>) {
  const { kind, records, open, onClose, onDone } = props;
  const api = useApi();
  const announce = useAnnounce();
  const bulk = useBulk(kind, records);
  const { failures } = bulk;
  const finished = useRef(false);

  async function remove() {
    const { succeeded, failed } = await bulk.run(async ({ id, version }) => {
      try {
        await kind.remove(api, id, version);
      } catch (error) {
        // Someone else deleted it first.
        if (!(error instanceof ApiProblem && error.code === "not_found")) throw error;
      }
    });
    announce(`${kind.count(succeeded)} deleted.`);
    if (failed > 0) return;
    finished.current = true;
    onDone();
    onClose();
  }

  const things = kind.count(records.length);
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={failures.length > 0 ? `${kind.count(failures.length)} not deleted` : `Delete ${things}?`}
      keep={failures.length > 0 ? "Close" : `Keep ${things}`}
      confirm={failures.length > 0 ? "Try again" : `Delete ${things}`}
      onConfirm={remove}
      returnFocus={() => (finished.current ? firstRow() : null)}
    >
      {failures.length === 0 && `${kind.consequence(records)} You can't undo this.`}
      <BulkProgress bulk={bulk} />
    </ConfirmDialog>
  );
}

/** Where focus goes once the selected rows are gone. */
function firstRow(): HTMLElement | null {
  return document.querySelector<HTMLElement>("main tbody th a") ?? document.getElementById("main");
}
