import { processWide } from "#lib/format/process-wide";

const process = processWide("http.stopping", () => ({ isStopping: false }));

/** From now on `health?ready` says no, so that a load balancer sends nothing more. */
export function noteStopping(): void {
  process.isStopping = true;
}

export function isStopping(): boolean {
  return process.isStopping;
}
