"use client";

import { type FormEvent, useRef, useState } from "react";
import { problemOf } from "#components/records/problem";
import { useApi } from "#components/shell/api";
import type { Token } from "#components/tokens/cells";
import { checkName, serverFaults } from "#components/tokens/faults";
import { Button } from "#components/ui/button";
import { Dialog, DialogCancel } from "#components/ui/dialog";
import { useAnnounce } from "#components/ui/live-region";
import { TextField } from "#components/ui/text-field";
import { ApiProblem } from "#lib/contract/client";
import { readToken, updateToken } from "#lib/contract/tokens";

interface RenameDialogProps {
  token: Token;
  open: boolean;
  onClose: () => void;
  onRenamed: (token: Token) => void;
  returnFocus: () => HTMLElement | null;
}

export function RenameDialog({ token, open, onClose, onRenamed, returnFocus }: RenameDialogProps) {
  const api = useApi();
  const announce = useAnnounce();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(token.name);
  const [version, setVersion] = useState(token.version);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  function refuse(text: string) {
    setError(text);
    field.current?.focus();
  }

  async function save(): Promise<void> {
    const renamed = await api.call(updateToken, { id: token.id, name, if_version: version });
    onRenamed(renamed);
    onClose();
    announce(`Renamed to “${renamed.name}”.`);
  }

  async function failed(failure: unknown): Promise<void> {
    if (!(failure instanceof ApiProblem) || failure.code !== "version_mismatch") {
      const fault = failure instanceof ApiProblem ? serverFaults(failure.errors).name : undefined;
      return refuse(fault ?? problemOf(failure).text);
    }
    const now = await api.call(readToken, { id: token.id });
    setVersion(now.version);
    refuse(
      `Somebody changed this token meanwhile; it is now named “${now.name}”. Press Rename again to use your name.`,
    );
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const fault = checkName(name);
    if (fault) return refuse(fault);
    if (name.trim() === token.name && version === token.version) return onClose();
    setBusy(true);
    await save()
      .catch(failed)
      .catch((failure) => refuse(problemOf(failure).text))
      .finally(() => setBusy(false));
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Rename token"
      width="confirm"
      edited={name !== token.name && !busy}
      onSubmit={submit}
      returnFocus={returnFocus}
      footer={
        <>
          <DialogCancel />
          <Button look="primary" type="submit" busy={busy}>
            Rename token
          </Button>
        </>
      }
    >
      <TextField
        ref={field}
        label="Name"
        name="name"
        autoComplete="off"
        value={name}
        onChange={(event) => {
          setName(event.target.value);
          // From the first submit on it is checked while one mends it.
          if (error) setError(checkName(event.target.value));
        }}
        error={error}
      />
    </Dialog>
  );
}
