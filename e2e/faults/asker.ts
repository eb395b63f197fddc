import type { ChildProcess } from "node:child_process";
import type { Answer, Question, Usage } from "./probe.ts";

/** Asks the probe in a process for a measurement. Rejects if the process ends first. */
export type Ask = <Key extends keyof Usage>(what: Key) => Promise<Usage[Key]>;

/** Connects to the probe in a process that was spawned with an IPC channel. */
export function asker(child: ChildProcess): Ask {
  let asked = 0;
  return (ask) =>
    new Promise((resolve, reject) => {
      asked += 1;
      const id = asked;
      const close = () => {
        child.off("message", hear);
        child.off("exit", leave);
      };
      const leave = () => {
        close();
        reject(new Error("The server has ended."));
      };
      const hear = (message: Answer) => {
        if (message.id !== id) return;
        close();
        const used = message.used[ask];
        if (used === undefined) reject(new Error(`The probe doesn't know ${ask}.`));
        else resolve(used);
      };
      child.on("message", hear);
      child.on("exit", leave);
      child.send({ ask, id } satisfies Question);
    });
}
