/** Everything that has to be stopped, in reverse order of starting. */
export type Ends = {
  readonly isLeaving: boolean;
  add(end: () => void | Promise<void>): void;
  /** Stops everything and exits with this code. */
  leave(code: number): Promise<never>;
};

/** A signal this soon after the first is a duplicate: npm forwards what the terminal has already sent. */
const sameSignalMs = 1000;

/**
 * Stops everything on Ctrl-C, SIGTERM, SIGHUP, and when the parent is gone, because npm forwards nothing when it is killed.
 * A second Ctrl-C exits immediately. Programs under a keeper end anyway.
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
  // Writing to a closed terminal must not interrupt stopping.
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
