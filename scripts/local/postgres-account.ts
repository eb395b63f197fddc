import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import type { Log } from "../project.ts";
import { type Kept, keep } from "./kept.ts";

export type Binaries = { initdb: string; postgres: string };

/** How PostgreSQL runs. It refuses to run as root, so root needs another account for it. */
export type PostgresAccount = {
  binaries: Binaries;
  /** The data folder, which holds nothing else. Doesn't exist before the first start. */
  data: string;
  /** The prefix of the command. */
  prefix: string[];
  uid?: number;
  gid?: number;
};

/** The user `nobody` of Linux. */
const nobody = 65534;
const asNobodyInOwnNamespace = ["unshare", "--user", `--map-user=${nobody}`, `--map-group=${nobody}`];

/** The options for root, best first. Tests try each of them. */
export const rootWays = ["account", "namespace", "copy"] as const;
export type RootWay = (typeof rootWays)[number];

/**
 * Finds an account for a PostgreSQL with its data in `folder`.
 * Root uses the folder's owner, or else `nobody`. If that user can't enter the folder (below /root, for example), root runs it in a user
 * namespace. If that is forbidden, it runs a copy of the program in /var/tmp.
 */
export function findAccount(folder: string, binaries: Binaries, only?: RootWay): PostgresAccount {
  const data = join(folder, "postgres");
  if (process.getuid?.() !== 0) {
    // initdb needs a user name, and a container's user may not have one.
    const prefix = !hasName() && runs(folder, binaries, asNobodyInOwnNamespace, {}) ? asNobodyInOwnNamespace : [];
    return { binaries, data, prefix };
  }

  const ways: Record<RootWay, () => PostgresAccount | null> = {
    account: () => {
      const { uid, gid } = statSync(folder);
      const account = uid === 0 ? { uid: nobody, gid: nobody } : { uid, gid };
      return runs(folder, binaries, [], account) ? { binaries, data, prefix: [], ...account } : null;
    },
    namespace: () =>
      runs(folder, binaries, asNobodyInOwnNamespace, {}) ? { binaries, data, prefix: asNobodyInOwnNamespace } : null,
    copy: () => copied(folder, binaries),
  };
  // Data that was created beside the copy stays there, even if a better option works now.
  const order = existsSync(join(copyFolder(folder), "postgres")) ? [...rootWays].reverse() : rootWays;
  for (const way of order) {
    const account = only && only !== way ? null : ways[way]();
    if (account) return account;
  }
  throw new Error("PostgreSQL doesn't run as root, and no other account can run it here. Start as an ordinary user.");
}

function hasName(): boolean {
  try {
    return userInfo().username !== "";
  } catch {
    return false;
  }
}

/** Whether that account can enter the folder and run the program. */
function runs(folder: string, { postgres }: Binaries, prefix: string[], account: { uid?: number; gid?: number }) {
  const [command = "", ...args] = [...prefix, "/bin/sh", "-c", 'cd "$1" && exec "$2" -V', "sh", folder, postgres];
  return spawnSync(command, args, { ...account, cwd: "/", stdio: "ignore" }).status === 0;
}

/** The folder of the copy and its data, which other users can enter. */
export function copyFolder(folder: string): string {
  return join("/var/tmp", `repdesk-${createHash("sha256").update(folder).digest("hex").slice(0, 16)}`);
}

function copied(folder: string, original: Binaries): PostgresAccount | null {
  const place = copyFolder(folder);
  mkdirSync(place, { recursive: true, mode: 0o755 });
  // Anyone can create a folder in /var/tmp, so one that root doesn't own isn't trusted.
  const found = lstatSync(place);
  if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) return null;
  const native = join(place, "native");
  cpSync(dirname(dirname(original.postgres)), native, { recursive: true, verbatimSymlinks: true });
  const binaries = { initdb: join(native, "bin/initdb"), postgres: join(native, "bin/postgres") };
  const account = { uid: nobody, gid: nobody };
  return runs(place, binaries, [], account)
    ? { binaries, data: join(place, "postgres"), prefix: [], ...account }
    : null;
}

/** Gives a file, or a folder with its contents, to the account. */
export function giveToAccount(path: string, account: PostgresAccount): void {
  const uid = account.uid ?? process.getuid?.();
  const gid = account.gid ?? process.getgid?.();
  if (uid === undefined || gid === undefined || lstatSync(path).uid === uid) return;
  chownAll(path, uid, gid);
}

function chownAll(path: string, uid: number, gid: number): void {
  chownSync(path, uid, gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) chownAll(join(path, name), uid, gid);
}

/** Runs a program of PostgreSQL with that account, under a keeper. */
export function runAs(
  account: PostgresAccount,
  program: string,
  args: string[],
  signal: "SIGINT" | "SIGTERM",
  onLine: Log,
): Kept {
  const [command = program, ...rest] = [...account.prefix, program, ...args];
  const { uid, gid } = account;
  // Without this user's environment, the server behaves the same for everyone.
  const env = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
  return keep({ command, args: rest, signal, graceMs: 20_000, uid, gid }, { env, cwd: "/", onLine });
}
