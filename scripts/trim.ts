/** `npm ci` runs this last: it removes parts of packages that nothing here uses. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { inProject } from "./project.ts";

/** In production nothing is built and no image is resized. pglite and kysely are for other databases. */
const unusedInProduction = /^(@next\/swc-.*|@img|sharp|@electric-sql|kysely)$/;

// Node's headers and manuals: 68 MB.
for (const platform of under("node/node_modules"))
  for (const name of ["include", "share"]) remove(`${platform}/${name}`);

// npm keeps these in production because other packages list them as optional: 150 MB.
if (!existsSync(inProject("node_modules/typescript")))
  for (const name of [...under("."), ...under("@next")]) if (unusedInProduction.test(name)) remove(name);

function under(folder: string): string[] {
  const path = inProject("node_modules", folder);
  return existsSync(path) ? readdirSync(path).map((name) => (folder === "." ? name : `${folder}/${name}`)) : [];
}

function remove(path: string): void {
  rmSync(inProject("node_modules", path), { recursive: true, force: true });
}
