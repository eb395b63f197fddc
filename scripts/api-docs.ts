import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { guide } from "#scripts/api-docs/guide";
import { openApi } from "#scripts/api-docs/openapi";
import { reference } from "#scripts/api-docs/reference";
import { inProject, say } from "#scripts/project";

/** The documents made from the endpoint declarations, by path. */
export function documents(): Record<string, string> {
  return {
    "docs/openapi.json": `${JSON.stringify(openApi(), null, 2)}\n`,
    "docs/PUBLIC_API.md": guide(),
    "docs/API_REFERENCE.md": reference(),
  };
}

/** Writes the documents, or with `--check` only reports stale ones. Returns the exit code. */
function run(check: boolean): number {
  const stale = Object.entries(documents()).filter(([path, text]) => {
    const file = inProject(path);
    return !existsSync(file) || readFileSync(file, "utf8") !== text;
  });
  for (const [path, text] of stale) {
    if (check) say(`${path} is stale. Run npm run api-docs and commit it.`);
    else {
      mkdirSync(dirname(inProject(path)), { recursive: true });
      writeFileSync(inProject(path), text);
      say(`${path} is written.`);
    }
  }
  if (stale.length === 0) say("The API documents are up to date.");
  return check && stale.length > 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = run(process.argv.includes("--check"));
