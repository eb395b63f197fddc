"use client";

import { useRef, useState } from "react";
import type { Found } from "#components/tokens/live-tokens";
import { MissedBanner, ResultBanner, tokensOf } from "#components/tokens/review-banners";
import { ReviewList } from "#components/tokens/review-list";
import { ReviewQuestion } from "#components/tokens/review-question";
import { type Review, useReview } from "#components/tokens/use-review";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import type { Client } from "#lib/contract/client";

interface TokenReviewProps {
  api: Client;
  found: Found;
  open: boolean;
  /** The person keeps the remaining tokens and continues. */
  onClose: () => void;
}

/** After a password change, which doesn't affect API tokens: lists the person's active tokens and offers to revoke them. */
export function TokenReview({ api, found, open, onClose }: TokenReviewProps) {
  const review = useReview(api, found, onClose);
  const [asking, setAsking] = useState(false);
  const goOn = useRef<HTMLButtonElement>(null);
  const begin = useRef<HTMLButtonElement>(null);
  const { rows, live } = review;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      outsidePress="ignore"
      title={titleOf(review)}
      initialFocus={goOn}
      footer={
        <>
          <Button ref={goOn} look={rows.length > 0 && live.length === 0 ? "primary" : "secondary"} onClick={onClose}>
            {goOnWord(review)}
          </Button>
          {live.length > 0 && (
            <Button ref={begin} look="danger" onClick={() => setAsking(true)}>
              {revokeWord(review)}
            </Button>
          )}
        </>
      }
    >
      <p>Your password is changed, and you are signed out everywhere else. {adviceOn(review)}</p>
      {/* Always rendered, so that assistive technology announces what is added. */}
      <div role="status" className="not-empty:mt-4">
        <ResultBanner review={review} />
      </div>
      <MissedBanner review={review} onAllRead={() => goOn.current?.focus()} />
      {rows.length > 0 && <ReviewList review={review} />}
      <ReviewQuestion
        review={review}
        open={asking}
        onClose={() => setAsking(false)}
        returnFocus={() => begin.current ?? goOn.current}
      />
    </Dialog>
  );
}

function titleOf({ rows, live }: Review): string {
  if (rows.length === 0) return "Check your API tokens";
  return live.length > 0 ? "Your API tokens still work" : "Your API tokens are revoked";
}

function adviceOn({ rows, live }: Review): string {
  if (rows.length > 0 && live.length === 0) return "";
  const remedy =
    rows.length === 0
      ? "You can also review them later in My Settings, API Tokens."
      : "Revoke any that someone else may have or that you no longer need.";
  return `API tokens keep working after a password change. ${remedy}`;
}

function goOnWord({ rows, live, results }: Review): string {
  if (rows.length === 0) return "Not now";
  if (results.size > 0) return "Done";
  return live.length === 1 ? "Keep token" : "Keep tokens";
}

function revokeWord({ next, live, isAll }: Review): string {
  if (live.length === 1) return "Revoke token";
  return `Revoke ${isAll ? "all " : ""}${tokensOf(next.length)}`;
}
