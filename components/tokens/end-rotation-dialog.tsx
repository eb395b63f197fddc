"use client";

import { problemOf } from "#components/forms/problem";
import { useApi } from "#components/shell/api";
import type { TokenDialogProps } from "#components/tokens/edit-dialog";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAnnounce } from "#components/ui/live-region";
import { RelativeTime } from "#components/ui/time";
import { endRotation } from "#lib/contract/token-life";
import { readToken } from "#lib/contract/tokens";
import { shownNetwork } from "#lib/format/shown-network";

/** Ends a rotation at once: finishes it, or cancels it. */
export function EndRotationDialog(props: TokenDialogProps & { keep: "new" | "old" }) {
  const { token, keep, open, onClose, onChanged, returnFocus } = props;
  const api = useApi();
  const announce = useAnnounce();
  const isFinish = keep === "new";

  async function end() {
    try {
      await api.call(endRotation, { id: token.id, keep });
      onChanged(await api.call(readToken, { id: token.id }));
    } catch (failure) {
      return problemOf(failure, false).text;
    }
    onClose();
    announce(isFinish ? "The rotation is finished." : "The rotation is canceled.");
    return undefined;
  }

  const {
    new_secret_used_at: used = null,
    old_secret_last_used_at: old,
    old_secret_last_used_from: from,
  } = token.rotation ?? {};
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={isFinish ? `Finish the rotation of “${token.name}”?` : `Cancel the rotation of “${token.name}”?`}
      keep="Keep both"
      confirm={isFinish ? "End old secret" : "End new secret"}
      onConfirm={end}
      returnFocus={returnFocus}
    >
      {isFinish ? (
        <>
          <p>
            {old ? (
              <>
                The old secret was last used <RelativeTime value={old} />
                {from && `, from ${shownNetwork(from)}`}.
              </>
            ) : (
              "The old secret was never used."
            )}
          </p>
          <p className="mt-2">
            It fails at its next request.{" "}
            {used === null && "The new secret wasn't used yet, so the token may not work anywhere until you deploy it."}
          </p>
        </>
      ) : (
        <p>The new secret fails at its next request, and the old one keeps working. You can rotate again.</p>
      )}
    </ConfirmDialog>
  );
}
