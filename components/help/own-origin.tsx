"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** The address of this RepDesk. The server renders the production address, since it takes no host from a request. */
export function useOwnOrigin(): string {
  return useSyncExternalStore(
    never,
    () => location.origin,
    () => "https://repdesk.io",
  );
}

/** A path as a whole address of this RepDesk. */
export function OwnAddress({ path }: { path: string }) {
  return <code>{useOwnOrigin() + path}</code>;
}
