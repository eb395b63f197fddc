import type { RequestListener, Server } from "node:http";
import { processWide } from "#lib/format/process-wide";

/** Lets a server answer the API itself and hand everything else to `next`. */
export type AttachFront = (server: Server, next: RequestListener) => void;

const place = processWide<{ handOver?: (attach: AttachFront) => void }>("http.front", () => ({}));

/** The front, as Next's instrumentation bundles it together with what pages share with it. To be called before Next starts. */
export function awaitFront(): Promise<AttachFront> {
  return new Promise((resolve) => {
    place.handOver = resolve;
  });
}

/** Hands over the front; undefined if Next serves alone. */
export function frontPlace(): ((attach: AttachFront) => void) | undefined {
  return place.handOver;
}
