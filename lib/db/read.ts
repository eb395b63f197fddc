import { fillPlaceholders, type Placeholder, type SQL, sql } from "drizzle-orm";
import { makePgArray, type PgColumn, PgDialect } from "drizzle-orm/pg-core";
import type { AuthenticationRequest } from "#lib/db/authentication";
import type { Caller } from "#lib/db/caller";
import { type Permission, permissionsOf, roles, type Scope, scopes, withIncluded } from "#lib/vocabulary";

/** A read that PostgreSQL does in the statement that authenticates the caller. */
export type Read = {
  /** Without it, nothing is read. */
  permission: Permission;
  /** What distinguishes the statement from others. Reads with the same shape differ only in their values. */
  shape: string;
  /**
   * The select. Values are placeholders, and `isReadable` makes the condition that a row's company is the one that the caller may read.
   */
  select(isReadable: (company_id: PgColumn) => SQL): SQL;
  values: Record<string, unknown>;
  /** The error if PostgreSQL gives it up because it takes too long, instead of the usual one. */
  tooSlow?: () => Error;
};

/** A verb that takes only one statement. `finish` makes its result from what was found, or throws what the verb would. */
export type AtOnce<Result> = { read: Read | null; finish(found: Found, caller: Caller): Result | Promise<Result> };

/** The columns that a read selects. Each is null if it found nothing. */
export type Found = Record<string, unknown>;

type Statement = { text: string; params: unknown[] };

/** Callers choose the shapes, so only this many statements are kept. */
const mostStatements = 500;
const statements = new Map<string, Statement>();
const dialect = new PgDialect();

/**
 * The text and parameters of the statement that authenticates and reads. Without a read, it only authenticates.
 * If the caller's company is probably `known`, PostgreSQL plans the read for it. For another company, it finds nothing.
 */
export function statementOf(
  request: AuthenticationRequest,
  read: Read | null,
  known?: string,
): { text: string; values: unknown[] } {
  const { credential, company, need, request_id } = request;
  const key = `${credential.kind} ${known !== undefined} ${read?.permission} ${read?.shape}`;
  let statement = statements.get(key);
  if (statement === undefined) {
    if (statements.size >= mostStatements) statements.delete(statements.keys().next().value as string);
    const { sql: text, params } = dialect.sqlToQuery(joined(provers[credential.kind], read, known !== undefined));
    statement = { text, params };
    statements.set(key, statement);
  }
  const { text, params } = statement;
  return {
    text,
    values: fillPlaceholders(params, { ...credential, company, need, request_id, known, ...read?.values }),
  };
}

const value = (name: string): Placeholder => sql.placeholder(name);

const provers = {
  token: sql`repdesk.prove_token(${value("hash")}, ${value("company")}, ${value("request_id")})`,
  session: sql`repdesk.prove_session(${value("user_id")}, ${value("session_id")}, ${value("company")}, ${value("need")}, ${value("request_id")})`,
};

/**
 * A rejected caller, and one without the permission, has no company to read, so the select finds nothing. It has to compare with that
 * company, since row-level security alone doesn't make the planner authenticate first. Neither does a join without `offset 0`.
 */
function joined(prover: SQL, read: Read | null, isKnown: boolean): SQL {
  const known = value("known");
  const isReadable = (company_id: PgColumn) =>
    isKnown ? sql`${company_id} = ${known} and p.readable = ${known}` : sql`${company_id} = p.readable`;
  if (read === null) return sql`select p.company_id, p.answer from ${prover} p`;
  return sql`select p.company_id, p.answer, found.*
    from (select a.company_id, a.answer, case when ${mayDo(read.permission)} then a.company_id end as readable
            from ${prover} a offset 0) p
    left join lateral (${read.select(isReadable)} offset 0) found on true`;
}

/** Whether the authenticated caller has a permission, as `effectivePermissions` decides it. */
function mayDo(permission: Permission): SQL {
  const holders = roles.filter((role) => permissionsOf(role).includes(permission));
  const granting = scopes.filter((scope) => withIncluded([scope]).includes(permission as Scope));
  return sql`a.answer #>> '{member,role}' = any (${makePgArray(holders)}::text[])
    and (${sql.raw("jsonb_typeof(a.answer -> 'token') is distinct from 'object'")}
      or a.answer #> '{token,scopes}' ?| ${makePgArray([...granting])}::text[])`;
}
