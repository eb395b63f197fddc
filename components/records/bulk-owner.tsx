"use client";

import { useRef, useState } from "react";
import { z } from "zod";
import { useForm } from "#components/forms/use-form";
import { MemberPicker } from "#components/members/member-picker";
import type { BulkProps } from "#components/records/bulk-delete";
import { BulkProgress } from "#components/records/bulk-progress";
import { updateLatest, useBulk } from "#components/records/use-bulk";
import type { RecordBase, Values } from "#components/records/values";
import { useApi } from "#components/shell/api";
import { Button } from "#components/ui/button";
import { Dialog, DialogCancel } from "#components/ui/dialog";
import { useAnnounce } from "#components/ui/live-region";

const someone = z.object({ owner_id: z.string().min(1, "Choose a member.") });

/** Gives records to one owner. */
export function BulkOwner<R extends RecordBase, V extends Values>(props: BulkProps<R, V>) {
  const { kind, records, open, onClose, onDone } = props;
  const api = useApi();
  const announce = useAnnounce();
  const bulk = useBulk(kind, records);
  const [owner_id, setOwner] = useState("");
  const finished = useRef(false);

  const form = useForm({
    schema: someone,
    input: { owner_id },
    async submit(changes) {
      const { succeeded, failed } = await bulk.run((record) => updateLatest(kind, api, record, () => changes));
      announce(`Owner of ${kind.count(succeeded)} set.`);
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
      title={`Set the owner of ${kind.count(records.length)}`}
      width="confirm"
      form={form.props}
      returnFocus={() => (finished.current ? document.getElementById(records[0]?.id ?? "main") : null)}
      footer={
        <>
          <DialogCancel>{bulk.failures.length > 0 ? "Close" : "Cancel"}</DialogCancel>
          <Button look="primary" type="submit" busy={form.busy}>
            {bulk.failures.length > 0 ? "Try again" : "Set owner"}
          </Button>
        </>
      }
    >
      <MemberPicker required label="Owner" error={form.faults.owner_id} value={owner_id} onChange={setOwner} />
      <BulkProgress bulk={bulk} />
    </Dialog>
  );
}
