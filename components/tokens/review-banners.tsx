"use client";

import { RotateCw } from "lucide-react";
import { useState } from "react";
import { problemOf } from "#components/forms/problem";
import type { Review } from "#components/tokens/use-review";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";
import { Unreachable } from "#lib/contract/client";

/** How many tokens were revoked, and how many failed. The rows say why. */
export function ResultBanner({ review: { results } }: { review: Review }) {
  if (results.size === 0) return null;
  const revoked = [...results.values()].filter((result) => result === null).length;
  const failed = results.size - revoked;
  if (failed === 0) return <Banner tone="success">{tokensOf(revoked)} revoked.</Banner>;
  return (
    <Banner tone="danger">
      {revoked > 0 && `${tokensOf(revoked)} revoked. `}
      {tokensOf(failed)} couldn't be revoked and may still work.
    </Banner>
  );
}

/** Where tokens couldn't be loaded, and a button to try again. `onAllRead` moves focus, since the button disappears. */
export function MissedBanner({ review: { missed, lookAgain }, onAllRead }: { review: Review; onAllRead: () => void }) {
  const [busy, setBusy] = useState(false);
  if (missed === null) return null;
  const { error, companies } = missed;
  const where = companies === null ? "" : ` in ${shortList(companies)}`;
  const remedy = error instanceof Unreachable ? "Check your connection, then try again." : problemOf(error, false).text;
  async function again() {
    setBusy(true);
    const isAllRead = await lookAgain();
    setBusy(false);
    if (isAllRead) onAllRead();
  }

  return (
    <div className="mt-4">
      <Banner
        tone="warning"
        action={
          <Button size="bar" icon={<RotateCw size={16} />} busy={busy} onClick={again}>
            Try again
          </Button>
        }
      >
        Couldn't load your tokens{where}. {remedy}
      </Banner>
    </div>
  );
}

export function tokensOf(count: number): string {
  return `${count} ${count === 1 ? "token" : "tokens"}`;
}

/** “Acme, Globex and 3 others” */
export function shortList(names: readonly string[], most = 5): string {
  const shown = names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} others`] : [...names];
  const last = shown.pop();
  return shown.length > 0 ? `${shown.join(", ")} and ${last}` : String(last);
}
