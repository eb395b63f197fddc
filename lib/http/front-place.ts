import type { RequestListener, Server } from "node:http";
import { processWide } from "#lib/format/process-wide";

/** Makes a server answer the API itself and pass everything else to `next`. */
export type AttachFront = (server: Server, next: RequestListener) => void;

const place = processWide<{ handOver?: (attach: AttachFront) => void }>("http.front", () => ({}));

/** Waits for the front, which is bundled with Next's instrumentation so that it shares modules with pages. Call it before Next starts. */
export function awaitFront(): Promise<AttachFront> {
  return new Promise((resolve) => {
    place.handOver = resolve;
  });
}

/** Hands over the front; undefined if Next runs without it. */
export function frontPlace(): ((attach: AttachFront) => void) | undefined {
  return place.handOver;
}
