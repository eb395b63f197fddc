import { existsSync, readFileSync, rmSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";
import { inProject } from "../../project.ts";
import type { Order } from "./inside.ts";
import { measure, type Site, serverOf } from "./rounds.ts";
import { type RowName, rows } from "./rows.ts";

/** Parts of a request's work that are there for operations and not for the answer, by the files that do it. */
const parts = {
  "The log": { files: ["lib/http/log.ts", "node_modules/pino", "node_modules/sonic-boom"], functions: ["logRequest"] },
  "The rate limits": { files: ["lib/http/rate-limit.ts", "lib/http/limit-store.ts", "lib/http/token-bucket.ts"] },
  "The token's last use": {
    files: ["lib/db/token-use.ts", "lib/db/token-usage.ts", "lib/db/journal.ts"],
    functions: ["noteCaller", "countCall"],
  },
} as const satisfies Record<string, { files: readonly string[]; functions?: readonly string[] }>;
type Part = keyof typeof parts;

/** The share of a request's CPU time in node that each part takes. */
export type Shares = Record<Part, number>;

type Frame = { functionName: string; url: string; lineNumber: number; columnNumber: number };
type Node = { id: number; callFrame: Frame; children?: number[] };
type Profile = { nodes: Node[]; samples: number[] };

/** Profiles the server while it answers requests of a row. Not timed, since that slows it down. */
export async function sharesOf(site: Site, name: RowName, seconds: number): Promise<Shares> {
  for (const file of Object.values(parts).flatMap(({ files }) => files))
    if (!existsSync(inProject(file)))
      throw new Error(`${file} is gone: say in scripts/bench/speed/profile.ts what does its work.`);
  const { child } = serverOf(site, rows[name]);
  const order = (message: Order) =>
    new Promise((resolve) => {
      child.once("message", resolve);
      child.send(message);
    });
  const file = inProject(".local", `profile-${process.pid}.json`);
  await order({ profile: "start" });
  await measure(site, name, seconds);
  await order({ profile: "stop", file });
  const profile: Profile = JSON.parse(readFileSync(file, "utf8"));
  rmSync(file);
  return sharesIn(profile);
}

/** A sample belongs to a part if one of its functions is on the stack. */
function sharesIn({ nodes, samples }: Profile): Shares {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const isIdle = (id: number) => byId.get(id)?.callFrame.functionName === "(idle)";
  const busy = samples.filter((id) => !isIdle(id));
  const origin = originFinder();
  const shareOf = (part: Part) => {
    const within = new Set<number>();
    const walk = (id: number, isInside: boolean) => {
      const node = byId.get(id);
      if (!node) return;
      const inside = isInside || belongs(part, origin(node.callFrame));
      if (inside) within.add(id);
      for (const child of node.children ?? []) walk(child, inside);
    };
    const [root] = nodes;
    if (root) walk(root.id, false);
    return busy.filter((id) => within.has(id)).length / busy.length;
  };
  const names = Object.keys(parts) as Part[];
  return Object.fromEntries(names.map((part) => [part, shareOf(part)])) as Shares;
}

type Origin = { source: string; line: string };

function belongs(part: Part, { source, line }: Origin): boolean {
  const { files, functions = [] }: { files: readonly string[]; functions?: readonly string[] } = parts[part];
  return files.some((file) => source.includes(file)) || functions.some((name) => line.includes(`function ${name}(`));
}

/** Finds where a function of the build was written, with the source maps that Next writes beside the code. */
function originFinder(): (frame: Frame) => Origin {
  const maps = new Map<string, { map: SourceMap; lines: Map<string, string[]> } | null>();
  const read = (url: string) => {
    const path = `${fileURLToPath(url)}.map`;
    if (!existsSync(path)) return null;
    const payload = JSON.parse(readFileSync(path, "utf8"));
    const lines = new Map<string, string[]>(
      (payload.sources ?? []).map((source: string, index: number) => [
        source,
        String(payload.sourcesContent?.[index] ?? "").split("\n"),
      ]),
    );
    return { map: new SourceMap(payload), lines };
  };
  return ({ url, lineNumber, columnNumber }) => {
    if (!url.startsWith("file:")) return { source: url, line: "" };
    if (!maps.has(url)) maps.set(url, read(url));
    const known = maps.get(url);
    if (!known) return { source: url, line: "" };
    const entry = known.map.findEntry(lineNumber, columnNumber);
    if (!("originalSource" in entry)) return { source: url, line: "" };
    return { source: entry.originalSource, line: known.lines.get(entry.originalSource)?.[entry.originalLine] ?? "" };
  };
}
