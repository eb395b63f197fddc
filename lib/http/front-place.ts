import type { RequestListener, Server } from "node:http";

/** Lets a server answer the API itself and hand everything else to `next`. */
export type AttachFront = (server: Server, next: RequestListener) => void;

const place = Symbol.for("repdesk.http.front");
const shared = globalThis as { [place]?: (attach: AttachFront) => void };

/** The front, as Next's instrumentation bundles it together with what pages share with it. To be asked for before Next starts. */
export function awaitFront(): Promise<AttachFront> {
  return new Promise((resolve) => {
    shared[place] = resolve;
  });
}

/** How to hand over the front; undefined where Next serves alone. */
export function frontPlace(): ((attach: AttachFront) => void) | undefined {
  return shared[place];
}
