import { expect, test } from "playwright/test";
import { api } from "./call.ts";
import { addMember, database, makeToken, makeWorld, signUp } from "./world.ts";

async function worldWithColleague() {
  const world = await makeWorld();
  const colleague = await signUp();
  const id = await addMember(world.company, colleague, "manager");
  const me = (await api("GET", "/me", { token: world.token.secret })).body.member;
  return { ...world, by: { token: world.token.secret }, me, colleague: { ...colleague, id } };
}

test("members are those of the caller's company, with their role and status", async () => {
  const { by, me, colleague } = await worldWithColleague();
  const other = await worldWithColleague();
  const { status, body } = await api("GET", "/members?sort=name&count=true", by);
  expect(status).toBe(200);
  expect(body.data).toEqual([
    { ...pick(me), role: "admin", status: "active", created_at: expect.any(String) },
    {
      id: colleague.id,
      name: "Kim Lee",
      email: colleague.email,
      role: "manager",
      status: "active",
      created_at: expect.any(String),
    },
  ]);
  expect(body.pagination).toMatchObject({ has_more: false, total_count: 2, total_is_exact: true });
  const theirs = await api("GET", `/members?filter[id]=${other.colleague.id}`, by);
  expect(theirs.body.data).toEqual([]);
});

test("members are found by id, email address, role, status and words, and paged through", async () => {
  const { by, me, colleague } = await worldWithColleague();
  const found = async (query: string) =>
    (await api("GET", `/members?${query}`, by)).body.data.map(({ id }: { id: string }) => id);
  expect(await found(`filter[id][in]=${me.id},${colleague.id}&sort=created_at`)).toEqual([me.id, colleague.id]);
  expect(await found(`filter[email]=${colleague.email.toUpperCase()}`)).toEqual([colleague.id]);
  expect(await found("filter[role]=manager")).toEqual([colleague.id]);
  expect(await found("q=LEE+kim")).toEqual([colleague.id]);
  expect(await found(`q=${colleague.email.slice(0, 8)}`)).toEqual([colleague.id]);
  expect(await found("q=nobody")).toEqual([]);
  const first = await api("GET", "/members?limit=1&sort=-name", by);
  const second = await api("GET", `/members?limit=1&sort=-name&cursor=${first.body.pagination.next_cursor}`, by);
  expect([...first.body.data, ...second.body.data].map(({ id }) => id)).toEqual([colleague.id, me.id]);
  expect(second.body.pagination.next_cursor).toBeNull();
});

test("a member who left is listed as such, and one whose address was erased has none", async () => {
  const { by, colleague } = await worldWithColleague();
  await database()`update repdesk.members set status = 'removed', email = '' where id = ${colleague.id}`;
  const { body } = await api("GET", "/members?filter[status]=removed", by);
  expect(body.data).toMatchObject([{ id: colleague.id, email: null, status: "removed" }]);
});

test("a token needs members:read, and every role has it", async () => {
  const { company, admin, colleague } = await worldWithColleague();
  const without = await makeToken(admin, company, ["contacts:write"]);
  const refused = await api("GET", "/members", { token: without.secret });
  expect([refused.status, refused.body.code, refused.body.required]).toEqual([
    403,
    "insufficient_scope",
    "members:read",
  ]);
  const user = await signUp();
  await addMember(company, user, "user");
  for (const person of [colleague, user]) {
    const { secret } = await makeToken(person, company, ["members:read"]);
    expect((await api("GET", "/members", { token: secret })).status).toBe(200);
  }
});

function pick({ id, name, email }: { id: string; name: string; email: string }) {
  return { id, name, email };
}
