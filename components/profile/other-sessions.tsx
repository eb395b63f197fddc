"use client";

import { useState } from "react";
import { problemOf } from "#components/forms/problem";
import { useApi } from "#components/shell/api";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useToast } from "#components/ui/toast";

export function OtherSessions() {
  const api = useApi();
  const toast = useToast();
  const [open, setOpen] = useState(false);

  async function end() {
    try {
      await api.auth("sign-out-others");
    } catch (error) {
      return problemOf(error, false).text;
    }
    setOpen(false);
    toast("Signed out everywhere else.");
    return undefined;
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
      >
        Every other browser and device is signed out at its next step. This one stays signed in, and API tokens go on
        working.
      </ConfirmDialog>
    </>
  );
}
