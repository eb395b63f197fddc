/** What runs and has to be ended, last started first. */
export type Ends = {
  readonly isLeaving: boolean;
  add(end: () => void | Promise<void>): void;
  /** Ends all of it and leaves the process with this code. */
  leave(code: number): Promise<never>;
};

/** A signal this soon after the first is the same one: npm passes on what the terminal has sent already. */
const sameSignalMs = 1000;

/**
 * Ends everything on Ctrl-C, SIGTERM, SIGHUP and when the parent is gone: npm killed by SIGKILL passes nothing on.
 * A second Ctrl-C leaves at once; what was started under a keeper ends even so.
 */
export function endingOnSignals(): Ends {
  const ends: (() => void | Promise<void>)[] = [];
  let leavingSince = 0;
  const leave = async (code: number): Promise<never> => {
    if (leavingSince) return await new Promise(() => {});
    leavingSince = Date.now();
    for (let end = ends.pop(); end; end = ends.pop()) {
      try {
        await end();
      } catch (error) {
        process.stderr.write(`While stopping: ${error instanceof Error ? error.message : error}\n`);
      }
    }
    process.exit(code);
  };
  const onSignal = () => {
    if (leavingSince && Date.now() - leavingSince > sameSignalMs) process.exit(130);
    void leave(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  // Writing to a terminal that has closed must not stop the stopping.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && leave(1), 500).unref();
  return {
    get isLeaving() {
      return leavingSince > 0;
    },
    add: (end) => ends.push(end),
    leave,
  };
}
