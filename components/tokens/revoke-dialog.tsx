"use client";

import { useState } from "react";
import { problemOf } from "#components/records/problem";
import { useApi } from "#components/shell/api";
import type { Token } from "#components/tokens/cells";
import { LastUsed } from "#components/tokens/last-used";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAnnounce } from "#components/ui/live-region";
import { Unreachable } from "#lib/contract/client";
import { revokeToken } from "#lib/contract/tokens";

interface RevokeDialogProps {
  token: Token;
  /** The person who revokes. Admins see whose token it is. */
  reader: Token["member"];
  open: boolean;
  onClose: () => void;
  onRevoked: (token: Token) => void;
  returnFocus: () => HTMLElement | null;
}

const unreachable = "Couldn't reach RepDesk. The token may still work. Try again.";

export function RevokeDialog({ token, reader, open, onClose, onRevoked, returnFocus }: RevokeDialogProps) {
  const api = useApi();
  const announce = useAnnounce();
  const [error, setError] = useState<string | null>(null);

  async function revoke() {
    setError(null);
    try {
      await api.call(revokeToken, { id: token.id });
    } catch (failure) {
      // Whether it had an effect is not known; asked again, a revoked token stays revoked.
      return setError(failure instanceof Unreachable ? unreachable : problemOf(failure).text);
    }
    onRevoked(token);
    onClose();
    announce(`“${token.name}” is revoked.`);
  }

  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={`Revoke “${token.name}”?`}
      keep="Keep token"
      confirm="Revoke token"
      onConfirm={revoke}
      error={error}
      returnFocus={returnFocus}
    >
      <p>
        {token.member.id !== reader.id && <>It belongs to {token.member.name}. </>}
        <LastUsed token={token} />
      </p>
      <p className="mt-2">
        It fails at its next request. You can't undo this. Anything that still uses it will need a new token.
      </p>
    </ConfirmDialog>
  );
}
