"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useSyncExternalStore, useTransition } from "react";
import { useApi } from "#components/shell/api";
import { Banner } from "#components/ui/banner";
import { late } from "#components/ui/late";
import { useAnnounce } from "#components/ui/live-region";
import { ApiProblem, type Client } from "#lib/contract/client";

function watch(changed: () => void) {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
}

const words = "You are offline. What you see may be out of date. What you type is kept until you are back online.";

/** Shown while the browser is offline. When it is back online, the page reloads its data. */
export function OfflineBanner() {
  const announce = useAnnounce();
  const api = useApi();
  const router = useRouter();
  const [reading, start] = useTransition();
  const online = useSyncExternalStore(
    watch,
    () => navigator.onLine,
    () => true,
  );
  const was = useRef(true);
  useEffect(() => {
    if (online === was.current) return;
    was.current = online;
    if (!online) return announce(words);
    const left = new AbortController();
    answers(api, left.signal).then((yes) => yes && start(() => router.refresh()));
    return () => left.abort();
  }, [online, announce, api, router]);
  useEffect(() => {
    if (reading) return () => announce("You are online again. What you see is up to date.");
  }, [reading, announce]);
  return online ? null : (
    <section aria-label="Connection" className="sticky top-14 z-1 bg-bg lg:top-0">
      <div className="mx-auto max-w-[calc(70rem+4rem)] px-4 pt-3 sm:px-6 lg:px-8">
        <Banner tone="warning">{words}</Banner>
      </div>
    </section>
  );
}

const contract = late(() => import("#lib/contract/me"));

const longestWaitMs = 30_000;

/**
 * Waits until the server responds. “Online” only means that there is a network, and a failed refresh would leave the page and lose
 * what is typed on it. Returns false if there is nothing left to wait for.
 */
async function answers(api: Client, signal: AbortSignal): Promise<boolean> {
  for (let waitMs = 1000; !signal.aborted; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      const { readMe } = await contract.load();
      await api.call(readMe, {}, { signal });
      return true;
    } catch (error) {
      // After a 401 the client leads to sign-in. The page shows any other error.
      if (error instanceof ApiProblem && error.status < 500) return error.status !== 401;
    }
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return false;
}
