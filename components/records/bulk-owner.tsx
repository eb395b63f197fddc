"use client";

import { type FormEvent, useRef, useState } from "react";
import { MemberPicker } from "#components/members/member-picker";
import type { BulkProps } from "#components/records/bulk-delete";
import { BulkProgress } from "#components/records/bulk-progress";
import { updateLatest, useBulk } from "#components/records/use-bulk";
import type { RecordBase, Values } from "#components/records/values";
import { useApi } from "#components/shell/api";
import { Button } from "#components/ui/button";
import { Dialog, DialogCancel } from "#components/ui/dialog";
import { useAnnounce } from "#components/ui/live-region";

/** Gives records to one owner. */
export function BulkOwner<R extends RecordBase, V extends Values>(props: BulkProps<R, V>) {
  const { kind, records, open, onClose, onDone } = props;
  const api = useApi();
  const announce = useAnnounce();
  const bulk = useBulk(kind, records);
  const [owner_id, setOwner] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  const finished = useRef(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIsMissing(owner_id === "");
    if (owner_id === "" || bulk.done !== null) return;
    const { succeeded, failed } = await bulk.run((record) => updateLatest(kind, api, record, () => ({ owner_id })));
    announce(`Owner of ${kind.count(succeeded)} set.`);
    if (failed > 0) return;
    finished.current = true;
    onDone();
    onClose();
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Set the owner of ${kind.count(records.length)}`}
      width="confirm"
      onSubmit={submit}
      returnFocus={() => (finished.current ? document.getElementById(records[0]?.id ?? "main") : null)}
      footer={
        <>
          <DialogCancel>{bulk.failures.length > 0 ? "Close" : "Cancel"}</DialogCancel>
          <Button look="primary" type="submit" busy={bulk.done !== null}>
            {bulk.failures.length > 0 ? "Try again" : "Set owner"}
          </Button>
        </>
      }
    >
      <MemberPicker
        required
        label="Owner"
        error={isMissing && owner_id === "" ? "Choose a member." : null}
        value={owner_id}
        onChange={setOwner}
      />
      <BulkProgress bulk={bulk} />
    </Dialog>
  );
}
