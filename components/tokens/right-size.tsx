"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { problemOf } from "#components/forms/problem";
import { useApi } from "#components/shell/api";
import type { Token } from "#components/tokens/cells";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";
import { useAnnounce } from "#components/ui/live-region";
import type { Scope } from "#lib/vocabulary";

interface RightSizeProps {
  token: Token;
  /** For how long the token has been used. */
  days: number;
  used: readonly Scope[];
  /** What it keeps. */
  kept: readonly Scope[];
  calls: number;
}

const count = new Intl.NumberFormat("en-US");

/** Offers to take away the access that a token never used. */
export function RightSize({ token, days, used, kept, calls }: RightSizeProps) {
  const api = useApi();
  const router = useRouter();
  const announce = useAnnounce();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function narrow() {
    setBusy(true);
    try {
      await (await import("#components/tokens/token-calls")).narrow(api, token, kept);
      announce("The token's access is narrowed.");
      router.refresh();
    } catch (failure) {
      setProblem(problemOf(failure, false).text);
    }
    setBusy(false);
  }

  return (
    <Banner
      action={
        <Button size="bar" busy={busy} onClick={narrow}>
          Narrow its access
        </Button>
      }
    >
      In {days} days, this token used only {new Intl.ListFormat("en").format(used)}. If it had nothing else, 0 of its{" "}
      {count.format(calls)} successful calls would have failed.
      {problem && (
        <span role="alert" className="block text-danger">
          {problem}
        </span>
      )}
    </Banner>
  );
}
