"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import { Banner } from "#components/ui/banner";
import { useAnnounce } from "#components/ui/live-region";

function watch(changed: () => void) {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
}

const words = "You are offline. What you see may be old; what you type is kept until you are back.";

export function OfflineBanner() {
  const announce = useAnnounce();
  const online = useSyncExternalStore(
    watch,
    () => navigator.onLine,
    () => true,
  );
  const was = useRef(true);
  useEffect(() => {
    if (online !== was.current) announce(online ? "You are online again." : words);
    was.current = online;
  }, [online, announce]);
  return online ? null : (
    <div className="sticky top-14 z-1 bg-bg px-4 pt-3 sm:px-6 lg:top-0 lg:px-8">
      <Banner tone="warning">{words}</Banner>
    </div>
  );
}
