import type { Sql, TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { app, as, byToken, makeToken, makeWorld, meet, owner, type Token } from "./support.ts";

const { flushJournal } = await import("#lib/db/journal");
const { AppError } = await import("#lib/errors");
const { newId } = await import("#lib/format/ids");

const from = { request_id: "req_test", network: "203.0.113.0" };
const hour = 3_600_000;

/** Authenticates with a token. Returns the code of the error, or "in". */
async function present(token: Token): Promise<string> {
  const ask = { request_id: from.request_id };
  const outcome = await as(byToken(token), async () => "in", ask).catch((error) => error);
  return outcome instanceof AppError ? outcome.code : String(outcome);
}

const events = ({ id }: Token) =>
  owner`select e.company_id, e.member_id, e.token_id, e.request_id, e.action, e.changes from repdesk.audit_events e
        where subject_id = ${id} order by created_at`;

test("a rejected token is audited in its company once per reason, with its owner and network", async () => {
  const { company, admin } = await makeWorld();
  const token = await makeToken(admin, { expires_at: new Date(Date.now() - hour) });
  const presented = [await present(token), await present(token)];
  await owner`update repdesk.api_tokens set revoked_at = now(), revoked_by_member_id = member_id where id = ${token.id}`;
  presented.push(await present(token));
  expect(presented).toEqual(["token_expired", "token_expired", "token_revoked"]);
  expect(await flushJournal()).toBe(0);
  const common = { company_id: company.id, member_id: admin.id, token_id: token.id, request_id: "req_test" };
  const change = (code: string) => ({
    ...common,
    action: "token.refused",
    changes: { code: { old: null, new: code }, network: { old: null, new: from.network } },
  });
  expect((await events(token)).map((event) => ({ ...event }))).toEqual(
    expect.arrayContaining([change("token_expired"), change("token_revoked")]),
  );
  expect(await events(token)).toHaveLength(2);
});

test("a token of an inactive member is audited", async () => {
  const { admin, token } = await makeWorld();
  await owner`update repdesk.members set status = 'deactivated' where id = ${admin.id}`;
  expect(await present(token)).toBe("member_inactive");
  await flushJournal();
  expect((await events(token)).map(({ changes }) => changes.code.new)).toEqual(["member_inactive"]);
});

test("valid tokens, unknown tokens, and tokens of a suspended company aren't audited", async () => {
  const { company, admin, token } = await makeWorld();
  const [{ before } = { before: 0 }] = await owner`select count(*)::int as before from repdesk.audit_events`;
  expect(await present(token)).toBe("in");
  expect(await present({ ...token, hash: Buffer.alloc(32, 7) })).toBe("token_invalid");
  await owner`update repdesk.companies set suspended_at = now() where id = ${company.id}`;
  expect(await present(await makeToken(admin))).toBe("company_suspended");
  await flushJournal();
  const [{ after } = { after: 0 }] = await owner`select count(*)::int as after from repdesk.audit_events`;
  expect(after).toBe(before);
});

test("there is one row per hour, token, and code, even if two processes write at once", async () => {
  const { company, token } = await makeWorld();
  const write = (ago: number, code = "token_revoked", sql: Sql | TransactionSql = app) => {
    const at = new Date(Date.now() - ago);
    const refusal = { ...from, id: newId("evt"), company_id: company.id, token_id: token.id, code, at };
    return sql`select repdesk.note_refused_tokens(${JSON.stringify([refusal])}::text::jsonb)`;
  };
  await meet((sql) => write(0, "token_revoked", sql));
  expect(await events(token)).toHaveLength(1);
  await write(2 * hour);
  await write(1.5 * hour);
  await write(0, "token_expired");
  expect(await events(token)).toHaveLength(3);
});

test("another company's ID notes nothing", async () => {
  const [one, two] = [await makeWorld(), await makeWorld()];
  const refusal = { ...from, id: newId("evt"), at: new Date(), code: "token_revoked", token_id: one.token.id };
  await app`select repdesk.note_refused_tokens(${JSON.stringify([{ ...refusal, company_id: two.company.id }])}::text::jsonb)`;
  expect(await events(one.token)).toHaveLength(0);
});
