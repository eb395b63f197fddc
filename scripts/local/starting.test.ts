/** Starting and stopping with real processes: as root or not, with taken ports, twice at once, after a kill, and by signals. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, expect, test } from "vitest";
import { inProject } from "../project.ts";
import { cloneInto, expectNothingLeft, isRoot, makePlace, type Place, type Run, removePlace, run } from "./clones.ts";
import { copyFolder } from "./postgres-account.ts";

const cleaning: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleaning.splice(0).reverse()) await clean();
});

function place(below = tmpdir(), forOrdinaryUser = false): Place {
  const made = makePlace(below, forOrdinaryUser);
  cleaning.push(() => removePlace(made));
  return made;
}

/** Only the services, with their data in a place, from the project of `script`. */
async function startParts(where: Place, script = inProject("scripts/parts.ts"), ...words: string[]) {
  const parts = run(where, process.execPath, [script, where.folder, ...words]);
  cleaning.push(() => parts.child.kill("SIGKILL"));
  await parts.says("MIGRATION_DATABASE_URL=");
  const setting = (name: string) =>
    new URL(parts.lines.find((line) => line.startsWith(`${name}=`))?.split(/=(.*)/)[1] ?? "");
  const database = setting("MIGRATION_DATABASE_URL");
  const ports = [Number(database.port), Number(setting("SUPABASE_URL").port)];
  return { ...parts, databaseUrl: database.href, ports };
}

async function query(url: string, statement: string) {
  const sql = postgres(url, { max: 1, onnotice() {} });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

const note = "create table public.notes as select 'kept' as note";

/** Writes a note, ends the start in the given way, starts again, and expects the note. */
async function expectDataKept(where: Place, end: (parts: Awaited<ReturnType<typeof startParts>>) => Promise<unknown>) {
  const first = await startParts(where);
  await query(first.databaseUrl, note);
  await end(first);
  const second = await startParts(where);
  expect(await query(second.databaseUrl, "select note from public.notes")).toEqual([{ note: "kept" }]);
  second.child.kill("SIGTERM");
  expect(await second.exited).toBe(0);
  await expectNothingLeft(where, second.ports);
}

test("if the usual ports and the 28 after them are taken, uses the next free ones without a warning", async () => {
  const taken = Array.from({ length: 30 }, (_, index) => 54321 + index);
  for (const port of taken) {
    const other = createServer();
    // If another program has it, it is taken anyway.
    await new Promise((resolve) => other.once("error", resolve).listen(port, "127.0.0.1", () => resolve(null)));
    cleaning.push(() => other.close());
  }
  const where = place();
  const { ports, databaseUrl, lines } = await startParts(where);
  expect(ports.every((port) => port > 54350)).toBe(true);
  expect(lines.filter((line) => line.includes("Warning"))).toEqual([]);
  expect(await query(databaseUrl, "select rolsuper from pg_roles where rolname = current_user")).toEqual([
    { rolsuper: false },
  ]);
});

test("SIGTERM stops everything, and the next start has the data", async () => {
  await expectDataKept(place(), async ({ child, exited }) => {
    child.kill("SIGTERM");
    expect(await exited).toBe(0);
  });
});

test("SIGKILL of the script stops everything", async () => {
  const where = place();
  await expectDataKept(where, async ({ child, ports }) => {
    child.kill("SIGKILL");
    await expectNothingLeft(where, ports);
  });
});

if (process.platform === "linux") {
  test("the next start ends a leftover server", async () => {
    const where = place();
    await expectDataKept(where, async ({ child, exited }) => {
      const server = Number.parseInt(readFileSync(join(where.folder, "postgres/postmaster.pid"), "utf8"), 10);
      // The parent of the server is its keeper, which would end it with the script.
      const keeper = readFileSync(`/proc/${server}/stat`, "utf8").split(") ")[1]?.split(" ")[1];
      process.kill(Number(keeper), "SIGKILL");
      child.kill("SIGKILL");
      await exited;
      expect(existsSync(`/proc/${server}`)).toBe(true);
    });
  });
}

test("a second start in the same folder names the first one, which keeps running", async () => {
  const where = place();
  const first = await startParts(where);
  const second = run(where, process.execPath, [inProject("scripts/parts.ts"), where.folder]);
  await second.says("already running");
  expect(await second.exited).toBe(1);
  expect(await query(first.databaseUrl, "select 1 as one")).toEqual([{ one: 1 }]);
});

if (isRoot) {
  test("root, below a folder that only root can enter", async () => {
    const where = place(homedir());
    const { databaseUrl } = await startParts(where);
    expect(await query(databaseUrl, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("root uses a copy of the program if neither another account nor a namespace works", async () => {
    const where = place(homedir());
    const { databaseUrl } = await startParts(where, undefined, "--root-way=copy");
    expect(await query(databaseUrl, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(existsSync(join(copyFolder(where.folder), "postgres/PG_VERSION"))).toBe(true);
  });
}

/** Writes through two routes, which Next compiles apart, each with modules of its own: the connections are shared. */
async function expectWrites(url: string): Promise<void> {
  const json = { "Content-Type": "application/json", Origin: url };
  const post = (path: string, headers: Record<string, string>, body: object) =>
    fetch(url + path, { method: "POST", headers: { ...json, ...headers }, body: JSON.stringify(body) });
  const credentials = { email: "admin@acme.example.com", password: "repdesk-demo" };
  const cookie = (await post("/auth/sign-in", {}, credentials)).headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const contact = await post("/api/v1/contacts", { cookie, "RepDesk-Company": "acme" }, { first_name: "Ana" });
  expect(contact.status).toBe(201);
  const input = { name: "Nightly sync", scopes: ["contacts:read"] };
  const token = await post("/api/v1/auth/token", { cookie, "RepDesk-Company": "acme" }, input);
  expect(token.status).toBe(201);
}

type Dev = Run & { url: string; ports: number[] };

async function startDev(where: Place, command: string, args: string[]): Promise<Dev> {
  const dev = run(where, command, args);
  cleaning.push(() => dev.child.kill("SIGKILL"));
  const url = (await dev.says("RepDesk runs on")).trim().split(" ").at(-1) ?? "";
  const ports = dev.lines.flatMap((line) => / runs on .*:(\d+)/.exec(line)?.[1] ?? []).map(Number);
  return { ...dev, url, ports };
}

test("npm run dev works in two clones at once, as an ordinary user and as root below its home, and both stop", async () => {
  const [ordinary, own] = [place(tmpdir(), isRoot), place(isRoot ? homedir() : tmpdir())];
  for (const where of [ordinary, own]) cloneInto(where);
  // Another user may not have our npm.
  const node = join(ordinary.folder, "node_modules/node/bin/node");
  const [one, other] = await Promise.all([
    startDev(ordinary, node, ["scripts/dev.ts"]),
    startDev(own, "npm", ["run", "dev"]),
  ]);
  expect(new Set([...one.ports, ...other.ports]).size).toBe(6);
  for (const { url, lines } of [one, other]) {
    expect((await fetch(`${url}/api/v1/health`)).status).toBe(200);
    expect(lines.join("\n")).toContain("both@example.com");
  }
  await expectWrites(one.url);
  expect(statSync(join(ordinary.folder, ".local/postgres")).uid).toBe(ordinary.uid ?? process.getuid?.());

  one.child.kill("SIGTERM");
  expect(await one.exited).toBe(0);
  await expectNothingLeft(ordinary, one.ports);
  other.child.kill("SIGKILL");
  await expectNothingLeft(own, other.ports);

  const again = await startDev(own, "npm", ["run", "dev"]);
  expect(again.lines.join("\n")).not.toContain("Loading the demo data");
  again.child.kill("SIGTERM");
  await again.exited;
  await expectNothingLeft(own, again.ports);
});
