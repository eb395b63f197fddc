/**
 * `npm run db:generate`: writes a migration for the changes in lib/db/tables. For a noun's new table, it adds what Drizzle doesn't know
 * about: row-level security, grants, and the erasure of a deleted record's values from its history.
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { nounNames } from "#lib/vocabulary";
import { inProject, say, tools } from "./project.ts";

const plurals: readonly string[] = Object.values(nounNames).map(({ plural }) => plural);
const isCompanys = "company_id = (select nullif(current_setting('repdesk.company_id', true), ''))";

function access(table: string): string[] {
  return [
    `alter table repdesk.${table} enable row level security;`,
    `alter table repdesk.${table} force row level security;`,
    `create policy tenant on repdesk.${table} to repdesk_app\n  using (${isCompanys})\n  with check (${isCompanys});`,
    `grant select, insert, update, delete on repdesk.${table} to repdesk_app;`,
    `create constraint trigger blank_deleted_record after delete on repdesk.${table}\n  deferrable initially deferred for each row execute function repdesk.blank_deleted_record();`,
  ];
}

function isDeleted(): string {
  const exists = plurals.map(
    (table) => `not exists (select from repdesk.${table} t where t.company_id = company and t.id = record)`,
  );
  return `create or replace function repdesk.is_deleted(company text, record text) returns boolean
  language sql stable set search_path = ''
as $$
  select ${exists.join("\n     and ")}
$$;`;
}

const before = migrations();
const { status } = spawnSync(process.execPath, [tools.drizzleKit, "generate", ...process.argv.slice(2)], {
  cwd: inProject("."),
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);
for (const file of migrations().filter((name) => !before.includes(name))) {
  const path = inProject(`drizzle/${file}`);
  const created = [...readFileSync(path, "utf8").matchAll(/^CREATE TABLE "repdesk"\."(\w+)"/gm)].map(
    ([, name]) => name,
  );
  const nouns = plurals.filter((plural) => created.includes(plural));
  if (nouns.length === 0) continue;
  const statements = [...nouns.flatMap(access), isDeleted()];
  appendFileSync(path, `\n${statements.map((statement) => `--> statement-breakpoint\n${statement}`).join("\n")}\n`);
  say(`Added row-level security, grants, and the erasure of ${nouns.join(", ")}.`);
}

function migrations(): string[] {
  return readdirSync(inProject("drizzle")).filter((name) => name.endsWith(".sql"));
}
