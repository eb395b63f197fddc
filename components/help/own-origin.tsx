"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** The address of the RepDesk that is read right now. The server renders production's: it takes no host from a request. */
export function useOwnOrigin(): string {
  return useSyncExternalStore(
    never,
    () => location.origin,
    () => "https://repdesk.io",
  );
}

/** A path of this RepDesk as a whole address. */
export function OwnAddress({ path }: { path: string }) {
  return <code>{useOwnOrigin() + path}</code>;
}
