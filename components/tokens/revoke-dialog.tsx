"use client";

import { problemOf } from "#components/forms/problem";
import { useApi } from "#components/shell/api";
import type { Token } from "#components/tokens/cells";
import { LastUsed } from "#components/tokens/last-used";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAnnounce } from "#components/ui/live-region";
import { Unreachable } from "#lib/contract/client";
import { revokeToken } from "#lib/contract/tokens";

interface RevokeDialogProps {
  token: Token;
  /** Calls on each of the last 30 days. */
  calls: readonly number[] | undefined;
  /** The person who revokes. Admins see whose token it is. */
  reader: Token["member"];
  open: boolean;
  onClose: () => void;
  onRevoked: (token: Token) => void;
  returnFocus: () => HTMLElement | null;
}

const count = new Intl.NumberFormat("en-US");
const unreachable = "Couldn't reach RepDesk. The token may still work. Try again.";

export function RevokeDialog({ token, calls = [], reader, open, onClose, onRevoked, returnFocus }: RevokeDialogProps) {
  const api = useApi();
  const announce = useAnnounce();
  const total = calls.reduce((sum, day) => sum + day, 0);

  async function revoke() {
    try {
      await api.call(revokeToken, { id: token.id });
    } catch (failure) {
      // Whether it had an effect is not known; asked again, a revoked token stays revoked.
      return failure instanceof Unreachable ? unreachable : problemOf(failure, false).text;
    }
    onRevoked(token);
    onClose();
    announce(`“${token.name}” is revoked.`);
    return undefined;
  }

  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={`Revoke “${token.name}”?`}
      keep="Keep token"
      confirm="Revoke token"
      onConfirm={revoke}
      returnFocus={returnFocus}
    >
      <p>
        {token.member.id !== reader.id && <>It belongs to {token.member.name}. </>}
        <LastUsed token={token} />
        {total > 0 && ` ${count.format(total)} ${total === 1 ? "call" : "calls"} in the last 30 days.`}
      </p>
      <p className="mt-2">
        It fails at its next request. You can undo this for an hour; after that, whatever still uses it needs a new
        token.
      </p>
    </ConfirmDialog>
  );
}
