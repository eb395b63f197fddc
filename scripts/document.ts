import type { Ends } from "./local/stopping.ts";
import { say, tools } from "./project.ts";
import { type Counts, oneFailed, onePassed, runTool, sum } from "./run.ts";

const document = "docs/openapi.json";

/** Checks the OpenAPI document with two linters, the second with OWASP's rules for APIs. Warnings don't fail it. */
export async function lintDocument(ends: Ends): Promise<Counts> {
  const lint = async (args: string[]): Promise<Counts> => {
    const lines: string[] = [];
    const env = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
    const code = await runTool(args, { ends, env, log: (line) => lines.push(line) });
    if (code !== 0) for (const line of lines) say(line);
    return code === 0 ? onePassed : oneFailed;
  };
  say("Redocly");
  const redocly = await lint([tools.redocly, "lint", document]);
  say("Spectral, with the OWASP rules");
  const spectral = await lint([tools.spectral, "lint", document, "--fail-severity", "error"]);
  return sum([redocly, spectral]);
}
