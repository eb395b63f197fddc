import type { Sql } from "postgres";

/**
 * Finds words in every column of every table of schema `repdesk`, as `table.column`. `superuser` must be one, so that no policy hides
 * rows.
 */
export async function tracesOf(superuser: Sql, words: readonly string[]): Promise<string[]> {
  const tables = await superuser<{ name: string; columns: string[] }[]>`
    select c.oid::regclass::text as name, array_agg(quote_ident(a.attname)) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'repdesk'::regnamespace and c.relkind in ('r', 'p', 'm') and a.attnum > 0 and not a.attisdropped
     group by c.oid order by 1`;
  const patterns = words.map((word) => `%${word.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`);
  const found: string[] = [];
  for (const { name, columns } of tables) {
    const counts = columns.map((column) => `count(*) filter (where lower(${column}::text) like any ($1)) as ${column}`);
    const [row] = await superuser.unsafe(`select ${counts.join(", ")} from ${name}`, [patterns]);
    for (const [column, count] of Object.entries(row ?? {})) if (count !== "0") found.push(`${name}.${column}`);
  }
  return found.sort();
}
