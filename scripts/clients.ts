/** Clients that other tools generate from docs/openapi.json. `npm run clients` also tries two more tools. */
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Ends, endingOnSignals } from "./local/stopping.ts";
import { inProject, say } from "./project.ts";
import { runTool } from "./run.ts";

const folder = inProject("e2e/clients");
const document = inProject("docs/openapi.json");
const compiler = join(folder, "node_modules/typescript/bin/tsc");

/** Installs the tools if they aren't there yet, generates the clients, and compiles them in strict mode. */
export async function makeClients(ends: Ends): Promise<void> {
  await install(ends);
  const openapiTypescript = join(folder, "node_modules/openapi-typescript/bin/cli.js");
  await run(ends, folder, openapiTypescript, document, "-o", "generated/openapi-fetch.d.ts");
  await run(ends, folder, join(folder, "node_modules/@hey-api/openapi-ts/bin/run.js"));
  await run(ends, folder, compiler);
}

async function install(ends: Ends): Promise<void> {
  if (modified(join(folder, "node_modules/.package-lock.json")) > modified(join(folder, "package-lock.json"))) return;
  say("Installing the generators of clients …");
  await npm(ends, folder, "ci");
}

async function npm(ends: Ends, cwd: string, ...words: string[]): Promise<void> {
  const args = ["--prefix", cwd, "--no-audit", "--no-fund", ...words];
  if ((await runTool(args, { ends, command: "npm", cwd })) !== 0)
    throw new Error(
      "The generators of clients could not be installed. They come from the npm registry: is it reachable?",
    );
}

async function run(ends: Ends, cwd: string, ...args: string[]): Promise<void> {
  const lines: string[] = [];
  if ((await runTool(args, { ends, cwd, log: (line) => lines.push(line) })) === 0) return;
  throw new Error([`This failed: ${args.join(" ")}`, ...lines].join("\n"));
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Tools whose clients the tests do not use: checks that they read the document and that their output compiles. */
async function tryMore(ends: Ends): Promise<void> {
  const place = inProject(".local/clients");
  mkdirSync(place, { recursive: true });
  const write = (name: string, content: unknown) => writeFileSync(join(place, name), JSON.stringify(content));
  write("package.json", {
    type: "module",
    dependencies: {
      orval: "8.38.0",
      "openapi-zod-client": "1.18.3",
      "@zodios/core": "10.9.6",
      axios: "1.21.1",
      zod: "3.25.76",
    },
  });
  await npm(ends, place, "install");
  const tool = (path: string) => join(place, "node_modules", path);
  const compile = (file: string) =>
    run(ends, place, compiler, "--strict", "--noEmit", "--skipLibCheck", ...bundled, join(place, file));
  const attempts = {
    orval: () => run(ends, place, tool("orval/dist/bin/orval.mjs"), "--input", document, "--output", "orval.ts"),
    "orval, compiled": () => compile("orval.ts"),
    "openapi-zod-client": () => run(ends, place, tool("openapi-zod-client/bin.js"), document, "-o", "zod.ts"),
    "openapi-zod-client, compiled": () => compile("zod.ts"),
  };
  for (const [what, attempt] of Object.entries(attempts))
    await attempt().then(
      () => say(`${what}: ok`),
      (error: Error) => say(`${what}: ${error.message}`),
    );
}

const bundled = ["--module", "esnext", "--moduleResolution", "bundler", "--target", "es2023"];

if (import.meta.main) {
  const ends = endingOnSignals();
  await makeClients(ends);
  say("openapi-typescript and @hey-api/openapi-ts: ok");
  await tryMore(ends);
  await ends.leave(0);
}
