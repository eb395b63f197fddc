import { chownSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";

/** The text of a file, or a fallback if it can't be read. */
export function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return otherwise;
  }
}

/** Writes a file atomically: after a kill, it is the old or the new one, and readers never see half of it. */
export function writeWhole(path: string, text: string, mode: number): void {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, text, { mode });
  renameSync(unfinished, path);
}

/** Gives a file that root created in another user's folder to that user. */
export function giveToOwner(folder: string, path: string): void {
  const { uid, gid } = statSync(folder);
  if (process.getuid?.() === 0 && uid !== 0) chownSync(path, uid, gid);
}
