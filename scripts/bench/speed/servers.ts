import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Ends } from "../../local/stopping.ts";
import { childEnvironment, type Environment, inProject, projectFolder, tools } from "../../project.ts";
import { freeBenchPort } from "../server.ts";

/** The servers that are compared. */
export type ServerName = "front" | "next" | "bare" | "peer";
export type Server = { name: ServerName; port: number; url: string; pid: number; child: ChildProcess };

type Program = {
  args: string[];
  folder: string;
  /** A path that answers once the server is up. */
  probe: string;
  /** Whether it is RepDesk, which limits rates. */
  isProduct: boolean;
};

/** In characters, for the error if it doesn't start. */
const longestOutput = 4_000;

const peerPath = inProject("bench/peer");

const programs: Record<ServerName, Program> = {
  front: { args: [tools.server], folder: projectFolder, probe: "/api/v1/health", isProduct: true },
  next: { args: [tools.next, "start"], folder: projectFolder, probe: "/api/v1/health", isProduct: true },
  bare: { args: [tools.next, "start"], folder: inProject("bench/bare"), probe: "/record", isProduct: false },
  peer: {
    args: [`${peerPath}/node_modules/next/dist/bin/next`, "start"],
    folder: peerPath,
    probe: "/health",
    isProduct: false,
  },
};

/**
 * Starts a server in production mode, and waits until it answers. Its output is read and dropped, since writing it to a reader is part of
 * what a request costs.
 */
export async function startServer(
  ends: Ends,
  name: ServerName,
  settingsFor: (url: string) => Environment,
): Promise<Server> {
  const { args, folder, probe, isProduct } = programs[name];
  const port = await freeBenchPort();
  const url = `http://localhost:${port}`;
  const preload = isProduct ? ["--import", import.meta.resolve("./inside.ts")] : [];
  const child = spawn(process.execPath, [...preload, ...args, "--port", String(port), "--hostname", "127.0.0.1"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: childEnvironment({ NODE_ENV: "production", ...settingsFor(url) }) as NodeJS.ProcessEnv,
  });
  ends.add(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  });
  let said = "";
  const read = (bytes: Buffer) => {
    said = (said + bytes).slice(-longestOutput);
  };
  const streams = [child.stdout, child.stderr];
  for (const stream of streams) stream?.on("data", read);
  while (!(await answers(`${url}${probe}`))) {
    if (child.exitCode !== null) throw new Error(`The server “${name}” did not start:\n${said}`);
    await sleep(100);
  }
  for (const stream of streams) stream?.off("data", read).resume();
  return { name, port, url, pid: child.pid as number, child };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
