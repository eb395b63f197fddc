import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { projectFolder } from "../project.ts";
import { giveToOwner, readOr, writeWhole } from "./files.ts";
import { isAlive, startOf } from "./process.ts";
import { generateApiKey } from "./supabase-lite.ts";

/** The secrets that the services of a data folder share with the app. Created once, in a file that only its owner can read. */
export type Secrets = {
  passwords: { supabase_admin: string; postgres: string; supabase_auth_admin: string; repdesk_app: string };
  jwt_secret: string;
  app_secret: string;
  publishable_key: string;
  secret_key: string;
};

/** A folder that keeps the data of the local services between starts. */
export type LocalFolder = {
  path: string;
  secrets: Secrets;
  /** The folder of captured mail, one file each. */
  mail: string;
  /** Stores where this one runs, for the error message of another start. */
  announce(url: string): void;
  /** Releases the lock. */
  release(): void;
};

type Holder = { pid: number; started: string | null; url?: string };

/** Opens a data folder, and creates it if needed. Throws if another start has locked it, or if it belongs to another user. */
export async function openFolder(path: string): Promise<LocalFolder> {
  try {
    mkdirSync(path, { recursive: true });
    // The database may run as another user, who needs to enter it.
    if (isOurs(path)) chmodSync(path, 0o755);
    const announce = hold(join(path, "lock.json"));
    const secrets = await readSecrets(path);
    const mail = join(path, "mail");
    mkdirSync(mail, { recursive: true });
    giveToOwner(path, mail);
    return { path, secrets, mail, announce, release: () => rmSync(join(path, "lock.json"), { force: true }) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EACCES") throw error;
    const name = relative(projectFolder, path) || path;
    throw new Error(`${name} belongs to another user of this machine. Start as that user, or remove ${name} first.`);
  }
}

function isOurs(path: string): boolean {
  return process.getuid === undefined || statSync(path).uid === process.getuid();
}

async function readSecrets(path: string): Promise<Secrets> {
  const file = join(path, "state.json");
  const known: Partial<Secrets> = JSON.parse(readOr(file, "{}"));
  if (known.app_secret) return known as Secrets;
  const secret = () => randomBytes(24).toString("base64url");
  const secrets: Secrets = {
    passwords: { supabase_admin: secret(), postgres: secret(), supabase_auth_admin: secret(), repdesk_app: secret() },
    jwt_secret: randomBytes(48).toString("base64url"),
    app_secret: randomBytes(48).toString("base64url"),
    publishable_key: (await generateApiKey("publishable")).key,
    secret_key: (await generateApiKey("secret")).key,
    // A folder of an earlier version keeps its values.
    ...known,
  };
  writeWhole(file, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
  giveToOwner(path, file);
  return secrets;
}

/** Takes the lock, or throws. A lock of a dead process, for example after SIGKILL, doesn't count. */
function hold(lock: string): (url: string) => void {
  const text = readOr(lock, "");
  const holder = parseHolder(text);
  if (holder && isHolding(holder)) {
    const where = holder.url ? ` at ${holder.url}` : "";
    throw new Error(`RepDesk is already running from this folder${where} (process ${holder.pid}). Stop it first.`);
  }
  if (text) rmSync(lock, { force: true });
  const own: Holder = { pid: process.pid, started: startOf(process.pid) };
  const unfinished = `${lock}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(own));
  try {
    // Linking fails if the name exists, so only one of two concurrent starts succeeds.
    linkSync(unfinished, lock);
  } catch {
    throw new Error("Another process is starting RepDesk from this folder right now.");
  } finally {
    rmSync(unfinished, { force: true });
  }
  return (url) => writeWhole(lock, JSON.stringify({ ...own, url }), 0o644);
}

function parseHolder(text: string): Holder | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isHolding({ pid, started }: Holder): boolean {
  return isAlive(pid) && startOf(pid) === started;
}
