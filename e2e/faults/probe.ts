/**
 * Preloaded into a server under test with `node --import`. Reports resource usage to the test over the IPC channel. It answers from the
 * server's event loop, so an answer also means that the loop is free.
 */

export type Usage = {
  /** CPU time of the whole process since it started, in milliseconds. */
  cpu: number;
  /** After garbage collection, if the process was started with `--expose-gc`. */
  memory: NodeJS.MemoryUsage;
};
export type Question = { ask: keyof Usage; id: number };
export type Answer = { id: number; used: Partial<Usage> };

function isQuestion(message: unknown): message is Question {
  return typeof message === "object" && message !== null && "ask" in message;
}

async function memory(): Promise<NodeJS.MemoryUsage> {
  // Twice, because finalizers of the first run free memory for the second.
  for (const _ of [1, 2]) {
    globalThis.gc?.({ execution: "sync", type: "major", flavor: "last-resort" });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage();
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

process.on("message", async (message: unknown) => {
  if (!isQuestion(message)) return;
  const used = message.ask === "cpu" ? { cpu: cpu() } : { memory: await memory() };
  process.send?.({ id: message.id, used } satisfies Answer);
});
// The channel must not keep a stopping server alive.
process.channel?.unref();
// The parent is gone, and nothing else would stop this process.
process.once("disconnect", () => process.exit(1));
