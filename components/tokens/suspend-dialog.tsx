"use client";

import { useState } from "react";
import { ProblemBanner } from "#components/forms/problem";
import { useForm } from "#components/forms/use-form";
import { useApi } from "#components/shell/api";
import type { TokenDialogProps } from "#components/tokens/edit-dialog";
import { LastUsed } from "#components/tokens/last-used";
import { Button } from "#components/ui/button";
import { Dialog, DialogCancel } from "#components/ui/dialog";
import { useAnnounce } from "#components/ui/live-region";
import { TextField } from "#components/ui/text-field";
import { suspendToken } from "#lib/contract/token-life";

/** Stops a token until it is resumed. */
export function SuspendDialog({ token, open, onClose, onChanged, returnFocus }: TokenDialogProps) {
  const api = useApi();
  const announce = useAnnounce();
  const [reason, setReason] = useState("");
  const form = useForm({
    input: { reason },
    async submit(_, key) {
      const input = reason.trim() === "" ? {} : { reason };
      onChanged(await api.call(suspendToken, { id: token.id, ...input }, { key }));
      onClose();
      announce(`“${token.name}” is suspended.`);
    },
  });
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Suspend token"
      width="confirm"
      form={form.props}
      returnFocus={returnFocus}
      footer={
        <>
          <DialogCancel />
          <Button look="primary" type="submit" busy={form.busy}>
            Suspend token
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ProblemBanner problem={form.problem} />
        <p>
          Requests with “{token.name}” fail until you resume it. <LastUsed token={token} />
        </p>
        <TextField
          label="Reason"
          name="reason"
          optional
          autoComplete="off"
          help="Requests get it in their error."
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          error={form.faults.reason}
        />
      </div>
    </Dialog>
  );
}
