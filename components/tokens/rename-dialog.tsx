"use client";

import { useState } from "react";
import { ProblemBanner } from "#components/forms/problem";
import { useForm } from "#components/forms/use-form";
import { useApi } from "#components/shell/api";
import type { Token } from "#components/tokens/cells";
import { tokenWords } from "#components/tokens/token-form";
import { Button } from "#components/ui/button";
import { Dialog, DialogCancel } from "#components/ui/dialog";
import { useAnnounce } from "#components/ui/live-region";
import { TextField } from "#components/ui/text-field";
import { tokenInput } from "#lib/contract/token";
import { readToken, updateToken } from "#lib/contract/tokens";

const nameInput = tokenInput.pick({ name: true });

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
  const [name, setName] = useState(token.name);
  const [version, setVersion] = useState(token.version);
  const form = useForm({
    schema: nameInput,
    input: { name },
    words: tokenWords,
    async submit(input) {
      if (input.name === token.name && version === token.version) return onClose();
      const renamed = await api.call(updateToken, { id: token.id, ...input, if_version: version });
      onRenamed(renamed);
      onClose();
      announce(`Renamed to “${renamed.name}”.`);
    },
    async onReject({ code }) {
      if (code !== "version_mismatch") return undefined;
      const now = await api.call(readToken, { id: token.id });
      setVersion(now.version);
      const text = `Someone changed this token meanwhile; it is now named “${now.name}”.`;
      return { faults: { name: `${text} Press Rename again to use your name.` } };
    },
  });

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Rename token"
      width="confirm"
      edited={name !== token.name && !form.busy}
      form={form.props}
      returnFocus={returnFocus}
      footer={
        <>
          <DialogCancel />
          <Button look="primary" type="submit" busy={form.busy}>
            Rename token
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ProblemBanner problem={form.problem} />
        <TextField
          label="Name"
          name="name"
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={form.faults.name}
        />
      </div>
    </Dialog>
  );
}
