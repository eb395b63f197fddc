"use client";

import { CircleCheck, Radio } from "lucide-react";
import { useEffect, useState } from "react";
import type { Token } from "#components/tokens/cells";
import { waitForFirstCall } from "#components/tokens/wait-for-first-call";
import { useAnnounce } from "#components/ui/live-region";
import { ago } from "#components/ui/time";
import { shownNetwork } from "#lib/format/shown-network";

/** Waits for the first request with the token's new secret, and reports it: it works. `made`: the token when it was created or rotated. */
export function FirstCall({ made, company }: { made: Token; company: string }) {
  const announce = useAnnounce();
  const [used, setUsed] = useState<Token | "none" | null>(null);
  useEffect(() => {
    const leave = new AbortController();
    waitForFirstCall(made, company, leave.signal).then((token) => {
      if (leave.signal.aborted) return;
      setUsed(token ?? "none");
      if (token?.last_used_at) announce(`First call${whence(token)}.`);
    });
    return () => leave.abort();
  }, [made, company, announce]);

  return (
    <p className="flex min-w-0 items-center gap-2 max-sm:basis-full sm:mr-auto">
      {used === null && (
        <>
          <Radio size={16} className="shrink-0 text-muted" />
          <span className="text-muted">Waiting for the first call…</span>
        </>
      )}
      {used === "none" && <span className="text-muted">No call yet. When there is one, the list shows it.</span>}
      {used !== null && used !== "none" && (
        <>
          <CircleCheck size={16} className="shrink-0 text-success" />
          <span className="min-w-0">
            First call <Ago value={used.rotation?.new_secret_used_at ?? used.last_used_at ?? used.created_at} />
            {whence(used)}.
          </span>
        </>
      )}
    </p>
  );
}

/** “, from 203.0.113.x, curl” */
function whence({ rotation, last_used_from, last_used_by }: Token): string {
  // Those may be of the old secret.
  if (rotation) return "";
  return [last_used_from && `, from ${shownNetwork(last_used_from)}`, last_used_by && `, ${last_used_by}`]
    .filter(Boolean)
    .join("");
}

/** Counts seconds in the first minute, while the reader is watching. */
function Ago({ value }: { value: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const at = new Date(value);
  // The server's clock may be ahead of the reader's.
  const seconds = Math.max(1, Math.round((now - at.getTime()) / 1000));
  return (
    <time dateTime={value}>{seconds < 60 ? `${seconds} second${seconds === 1 ? "" : "s"} ago` : ago(at, now)}</time>
  );
}
