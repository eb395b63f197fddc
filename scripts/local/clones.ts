/** For the tests of starting: copies of the project, programs that run in them, and what they leave behind. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { type Environment, projectFolder } from "../project.ts";
import { readOr } from "./files.ts";
import { removePostgres } from "./postgres-data.ts";

export const isRoot = process.getuid?.() === 0;

/** The user `nobody` of Linux. */
const ordinaryUser = 65_534;

export type Place = {
  folder: string;
  /** The user that programs run as, if it isn't us. */
  uid?: number;
};

/** An empty folder below another one, owned by us or, on request, by an ordinary user. */
export function makePlace(below: string, forOrdinaryUser = false): Place {
  const folder = mkdtempSync(join(below, "repdesk-start-"));
  if (!forOrdinaryUser) return { folder };
  chmodSync(folder, 0o755);
  chownSync(folder, ordinaryUser, ordinaryUser);
  return { folder, uid: ordinaryUser };
}

/** Removes a place when everything that was started in it has ended. */
export async function removePlace(place: Place): Promise<void> {
  await expectNothingLeft(place, []);
  const { folder } = place;
  for (const data of [folder, join(folder, ".local")]) removePostgres(data);
  rmSync(folder, { recursive: true, force: true });
}

const leftOut = new Set([".git", ".next", ".local", "node_modules"]);

/** Copies the project into a place and links its packages, like `git clone` and `npm ci`. */
export function cloneInto({ folder, uid }: Place): void {
  for (const name of readdirSync(projectFolder).filter((one) => !leftOut.has(one)))
    cpSync(join(projectFolder, name), join(folder, name), { recursive: true });
  const copy = (how: string) => spawnSync("cp", [how, join(projectFolder, "node_modules"), folder]).status === 0;
  // A hard link shares owner and mode, so it doesn't work if the other user can't read our files.
  const isReadable = (statSync(process.execPath).mode & 0o005) === 0o005;
  if (uid === undefined || isReadable) {
    if (uid !== undefined) giveAll(folder, uid);
    if (copy("-al")) return;
    rmSync(join(folder, "node_modules"), { recursive: true, force: true });
  }
  copy("-a");
  if (uid !== undefined) giveAll(folder, uid);
}

function giveAll(folder: string, uid: number): void {
  spawnSync("chown", ["-R", `${uid}:${uid}`, folder]);
}

export type Run = {
  child: ChildProcess;
  lines: string[];
  /** Waits for a line that contains the text and returns it. If the program ends first, throws with all of its output. */
  says(text: string): Promise<string>;
  exited: Promise<number | NodeJS.Signals | null>;
};

/** Starts a program in a place, without the settings of this process. */
export function run(place: Place, command: string, args: string[], env: Environment = {}): Run {
  const account = place.uid === undefined ? {} : { uid: place.uid, gid: place.uid };
  const base: Environment = { PATH: process.env.PATH, HOME: place.uid === undefined ? process.env.HOME : place.folder };
  const child = spawn(command, args, {
    ...account,
    cwd: place.folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...base, ...env } as NodeJS.ProcessEnv,
  });
  const lines: string[] = [];
  let hasEnded = false;
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => lines.push(line));
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.on("exit", (code, signal) => {
      hasEnded = true;
      resolve(code ?? signal);
    });
  });
  const says = async (text: string) => {
    for (;;) {
      const line = lines.find((one) => one.includes(text));
      if (line !== undefined) return line;
      if (hasEnded) throw new Error(`It ended without saying “${text}”:\n${lines.join("\n")}`);
      await sleep(50);
    }
  };
  return { child, lines, says, exited };
}

/** Waits until no process of a place runs and none of the ports responds. After 15 s, throws with what is left. */
export async function expectNothingLeft({ folder }: Place, ports: number[]): Promise<void> {
  let left: string[] = [];
  for (let waited = 0; waited < 15_000; waited += 200) {
    const answering = await Promise.all(ports.map(async (port) => ((await answers(port)) ? [`port ${port}`] : [])));
    left = [...answering.flat(), ...processesIn(folder)];
    if (left.length === 0) return;
    await sleep(200);
  }
  throw new Error(`Left behind: ${left.join(", ")}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** Processes that run a program from a folder, in it, or on its data. Only Linux provides this; other systems are checked by port. */
function processesIn(folder: string): string[] {
  if (process.platform !== "linux") return [];
  const link = (path: string) => {
    try {
      return readlinkSync(path);
    } catch {
      return "";
    }
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid, command: readOr(`/proc/${pid}/cmdline`, "").replaceAll("\0", " ") }))
    .filter(({ pid, command }) =>
      [command, link(`/proc/${pid}/exe`), link(`/proc/${pid}/cwd`)].some((text) => text.includes(folder)),
    )
    .map(({ pid, command }) => `${pid} ${command}`);
}
