import { expect, test } from "vitest";
import { app, makeToken, makeWorld, owner, type Token, unique } from "./support.ts";

const { newId } = await import("#lib/format/ids");

/** What the journal writes about leaked and exposed tokens. */

const notesOf = (tokens: Token[]) =>
  tokens.map(({ hash }) => ({ id: newId("evt"), hash: hash.toString("hex"), at: new Date(), request_id: unique() }));
const revoke = (tokens: Token[]) =>
  app`select repdesk.revoke_leaked_tokens(${JSON.stringify(notesOf(tokens))}::text::jsonb)`;
const expose = (tokens: Token[]) =>
  app`select repdesk.note_exposed_tokens(${JSON.stringify(notesOf(tokens))}::text::jsonb)`;
const actions = async ({ id }: Token) =>
  (await owner`select action from repdesk.audit_events where subject_id = ${id} order by action`).map(
    ({ action }) => action,
  );

test("two processes that write about the same tokens in opposite order don't deadlock, and each token has one entry", async () => {
  const { admin } = await makeWorld();
  const tokens: Token[] = [];
  for (let count = 0; count < 60; count += 1) tokens.push(await makeToken(admin));
  const backward = tokens.toReversed();
  await Promise.all([expose(tokens), expose(backward)]);
  await Promise.all([revoke(tokens), revoke(backward)]);
  for (const token of tokens) expect(await actions(token)).toEqual(["token.exposed", "token.revoked"]);
});

test("a revoked or expired token is neither revoked nor exposed, and its reason stays", async () => {
  const { admin } = await makeWorld();
  const day = 86_400_000;
  const revoked = await makeToken(admin, { revoked_at: new Date() });
  const expired = await makeToken(admin, {
    expires_at: new Date(Date.now() - day),
    created_at: new Date(Date.now() - 2 * day),
  });
  const rows = () => owner`select * from repdesk.api_tokens where id in (${revoked.id}, ${expired.id}) order by id`;
  const before = await rows();
  await revoke([revoked, expired]);
  await expose([revoked, expired]);
  expect(await rows()).toEqual(before);
  for (const token of [revoked, expired]) expect(await actions(token)).toEqual([]);
});
