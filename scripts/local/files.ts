import { chownSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";

/** A file's text, or something else where it cannot be read. */
export function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return otherwise;
  }
}

/** Writes a file in one step: a kill leaves the old one or the new one, and a reader never sees half of it. */
export function writeWhole(path: string, text: string, mode: number): void {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, text, { mode });
  renameSync(unfinished, path);
}

/** What root makes in another user's folder is that user's. */
export function giveToOwner(folder: string, path: string): void {
  const { uid, gid } = statSync(folder);
  if (process.getuid?.() === 0 && uid !== 0) chownSync(path, uid, gid);
}
