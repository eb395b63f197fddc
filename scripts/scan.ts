import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { tokenPattern } from "#lib/format/token";

export type Scan = {
  tables: number;
  rows: number;
  files: number;
  /** The places where secrets were found, never the secrets themselves. */
  found: string[];
};

/** Searches every row of every table, and files or folders, for complete token secrets. */
export async function scanForSecrets(superuserUrl: string, paths: string[]): Promise<Scan> {
  const scan: Scan = { tables: 0, rows: 0, files: 0, found: [] };
  const sql = postgres(superuserUrl, { max: 1, onnotice() {} });
  try {
    const tables = await sql<{ name: string }[]>`select c.oid::regclass::text as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm', 'p') and n.nspname !~ '^(pg_|information_schema$)' order by 1`;
    for (const { name } of tables) {
      // A row cast to text contains every column of any type.
      const [counted] = await sql.unsafe(
        `select count(*)::int as rows, count(*) filter (where t::text ~ '${tokenPattern.source}')::int as hits from ${name} t`,
      );
      scan.tables += 1;
      scan.rows += counted?.rows;
      if (counted?.hits) scan.found.push(`table ${name}: ${counted.hits} rows`);
    }
  } finally {
    await sql.end();
  }
  const { files, found } = scanFiles(paths);
  return { ...scan, files, found: [...scan.found, ...found] };
}

/** Searches only files. */
export function scanFiles(paths: string[]): Pick<Scan, "files" | "found"> {
  const pattern = new RegExp(tokenPattern, "g");
  const files = paths.flatMap(filesIn);
  const hits = files.map((file) => readFileSync(file, "latin1").match(pattern)?.length ?? 0);
  return {
    files: files.length,
    found: files.flatMap((file, index) => (hits[index] ? [`${file}: ${hits[index]} times`] : [])),
  };
}

function filesIn(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile());
}
