/** `npm ci` runs this at its end: removes what packages bring along and nothing here uses. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { inProject } from "./project.ts";

/** Nothing is built and no image resized in production; pglite and kysely are for other databases than ours. */
const unusedInProduction = /^(@next\/swc-.*|@img|sharp|@electric-sql|kysely)$/;

// Node's headers and manuals: 68 MB.
for (const platform of under("node/node_modules"))
  for (const name of ["include", "share"]) remove(`${platform}/${name}`);

// npm keeps some packages that only the development packages use, since they are optional to others: 150 MB.
if (!existsSync(inProject("node_modules/typescript")))
  for (const name of [...under("."), ...under("@next")]) if (unusedInProduction.test(name)) remove(name);

function under(folder: string): string[] {
  const path = inProject("node_modules", folder);
  return existsSync(path) ? readdirSync(path).map((name) => (folder === "." ? name : `${folder}/${name}`)) : [];
}

function remove(path: string): void {
  rmSync(inProject("node_modules", path), { recursive: true, force: true });
}
