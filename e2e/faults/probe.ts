/**
 * Preloaded into a server under test with `node --import`: tells the test, over the channel that it was spawned with, what the
 * process has used. It answers from the server's own event loop, so an answer also means that the loop is free again.
 */

export type Usage = {
  /** CPU time of the whole process since it started, in milliseconds. */
  cpu: number;
  /** After garbage collection, where the process was started with `--expose-gc`. */
  memory: NodeJS.MemoryUsage;
};
export type Question = { ask: keyof Usage; id: number };
export type Answer = { id: number; used: Partial<Usage> };

function isQuestion(message: unknown): message is Question {
  return typeof message === "object" && message !== null && "ask" in message;
}

async function memory(): Promise<NodeJS.MemoryUsage> {
  // Twice: finalizers of the first round free what the second one collects.
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
// A server that is told to stop must not stay alive for the test's sake.
process.channel?.unref();
// Whoever started it is gone, perhaps without a word: nobody else would stop it.
process.once("disconnect", () => process.exit(1));
