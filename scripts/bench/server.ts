import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Ask, asker } from "../../e2e/faults/asker.ts";
import { build, isBuildCurrent } from "../build.ts";
import { type Parts, startParts } from "../local/parts.ts";
import { isFree } from "../local/ports.ts";
import { removePostgres } from "../local/postgres-data.ts";
import type { Ends } from "../local/stopping.ts";
import { migrate } from "../migrations.ts";
import { childEnvironment, inProject, projectFolder, say, tools } from "../project.ts";

/** A production server to measure, with a probe in its process. */
export type BenchServer = { url: string; ask: Ask };

/** The first ports to try. */
const ports = { app: 3200, database: 56322, auth: 56321 };

/** Starts PostgreSQL and Supabase Auth for a benchmark, with an empty database. */
export async function startBenchParts(ends: Ends): Promise<Parts> {
  const path = inProject(".local", `bench-${process.pid}`);
  ends.add(() => {
    removePostgres(path);
    rmSync(path, { recursive: true, force: true });
  });
  const parts = await startParts({ path, log: say, mailLog() {}, durable: false, ports, onStarted: ends.add });
  await migrate({ ownerUrl: parts.ownerUrl, appUrl: String(parts.settings.DATABASE_URL), log: say });
  return parts;
}

/** The first free port for a server to measure. */
export async function freeBenchPort(): Promise<number> {
  let port = ports.app;
  while (!(await isFree(port))) port += 1;
  return port;
}

/** Starts the production build with its own local services. Builds first if needed. */
export async function startBenchServer(ends: Ends): Promise<BenchServer> {
  await buildIfNeeded(ends);
  const parts = await startBenchParts(ends);
  const port = await freeBenchPort();
  const url = `http://localhost:${port}`;
  const flags = ["--expose-gc", "--import", import.meta.resolve("../../e2e/faults/probe.ts")];
  const args = [...flags, tools.server, "--port", String(port), "--hostname", "127.0.0.1"];
  const settings = { ...parts.settings, NODE_ENV: "production", APP_URL: url, TRUSTED_PROXIES: "1" };
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    // Logging is part of the measurement, but nobody reads the log.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: childEnvironment(settings) as NodeJS.ProcessEnv,
  });
  ends.add(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  });
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error("The app did not start.");
    await sleep(100);
  }
  return { url, ask: asker(child) };
}

export async function buildIfNeeded(ends: Ends): Promise<void> {
  if (isBuildCurrent()) return;
  say("Building the app (a minute or two) …");
  const building = build(say);
  ends.add(building.stop);
  if ((await building.exited) !== 0) throw new Error("The build failed.");
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/v1/health`)).ok;
  } catch {
    return false;
  }
}
