"use client";

import { useState } from "react";
import { useApi } from "#components/shell/api";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useToast } from "#components/ui/toast";
import { ApiProblem, Unreachable } from "#lib/contract/client";

export function OtherSessions() {
  const api = useApi();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function end() {
    setError(null);
    try {
      await api.auth("sign-out-others");
      setOpen(false);
      toast("Signed out everywhere else.");
    } catch (error) {
      if (!(error instanceof ApiProblem || error instanceof Unreachable)) throw error;
      setError(error.message);
    }
  }

  return (
    <>
      <Button onClick={() => setOpen(true)}>Sign out everywhere else</Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title="Sign out everywhere else?"
        keep="Stay signed in"
        confirm="Sign out elsewhere"
        onConfirm={end}
        error={error}
      >
        Every other browser and device is signed out at its next step. This one stays signed in, and API tokens go on
        working.
      </ConfirmDialog>
    </>
  );
}
