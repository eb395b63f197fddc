"use client";

import { LastUsed } from "#components/tokens/last-used";
import { shortList, tokensOf } from "#components/tokens/review-banners";
import type { Review } from "#components/tokens/use-review";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

interface ReviewQuestionProps {
  review: Review;
  open: boolean;
  onClose: () => void;
  returnFocus: () => HTMLElement | null;
}

/** The confirmation before one or several tokens are revoked. */
export function ReviewQuestion({ review: { next, isAll, revoke }, open, onClose, returnFocus }: ReviewQuestionProps) {
  const [only, second] = next;
  const isOne = only !== undefined && second === undefined;
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={isOne ? `Revoke “${only.token.name}”?` : `Revoke ${isAll ? "all " : ""}${next.length} API tokens?`}
      keep={isOne ? "Keep token" : "Keep tokens"}
      confirm={`Revoke ${isOne ? "token" : tokensOf(next.length)}`}
      onConfirm={async () => {
        await revoke();
        onClose();
      }}
      returnFocus={returnFocus}
    >
      <p className="wrap-anywhere">
        {isOne ? (
          <>
            In {only.company.name}. <LastUsed token={only.token} />
          </>
        ) : (
          `${shortList(next.map(({ token }) => `“${token.name}”`))}.`
        )}
      </p>
      <p className="mt-2">
        {isOne ? "It fails at its next request. " : "They fail at their next request. "}
        You can't undo this. Anything that still uses {isOne ? "it will need a new token" : "them will need new tokens"}
        .
      </p>
    </ConfirmDialog>
  );
}
