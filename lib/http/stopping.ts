import { processWide } from "#lib/format/process-wide";

const process = processWide("http.stopping", () => ({ isStopping: false }));

/** Makes `health?ready` fail from now on, so that load balancers stop sending requests. */
export function noteStopping(): void {
  process.isStopping = true;
}

export function isStopping(): boolean {
  return process.isStopping;
}
