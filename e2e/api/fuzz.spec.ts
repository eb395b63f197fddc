import { randomInt } from "node:crypto";
import { expect, test } from "playwright/test";
import { call, type Reply } from "./call.ts";
import { expectAllowed } from "./contract.ts";
import { type FuzzRequest, isKnown, operationIds, requestsOf } from "./fuzz-requests.ts";
import { makeRecords, makeToken, makeWorld } from "./world.ts";

/** Requests generated from the document, whose answers the document has to promise. `npm run fuzz` sends many more. */

const count = Number(process.env.FUZZ_REQUESTS ?? 400);
const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31));
/** A company and its credentials take so many requests within a minute. */
const perCompany = 200;

type World = Awaited<ReturnType<typeof makeCompanyToFuzz>>;

async function makeCompanyToFuzz() {
  const { admin, company, token } = await makeWorld();
  const by = { jwt: admin.jwt, company: company.id };
  const other = await makeToken(admin, company);
  const { body: me } = await call("GET", "/api/v1/me", by);
  const ids = { ...(await makeRecords(by)), tok: other.id, cmp: company.id, mem: me.member.id };
  const known = new Map<string, string[]>(Object.entries(ids).map(([kind, id]) => [kind, [id]]));
  return { admin, company, token, known };
}

/** Puts an ID or a cursor in the place of each that the request names by its kind. */
function filled(value: unknown, known: World["known"]): unknown {
  if (isKnown(value)) {
    const all = known.get(value.known) ?? [];
    return all[value.index % all.length] ?? `${value.known}_01jd8qv5k7e9ga3m2x4n6r8t0w`;
  }
  if (Array.isArray(value)) return value.map((each) => filled(each, known));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, known)]));
}

const text = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
/** Half of a surrogate pair can't be sent; a header takes no more than bytes. */
const encoded = (value: unknown) => encodeURIComponent(text(value).toWellFormed());
const header = (value: unknown) =>
  text(value)
    .replace(/[^\x20-\x7e\xa0-\xff]/g, "")
    .trim();

function partsOf(request: FuzzRequest, world: World) {
  let path = request.path;
  const query: string[] = [];
  const headers: Record<string, string> = {};
  for (const { in: place, name, value } of request.parameters) {
    const given = filled(value, world.known);
    if (place === "path") path = path.replace(`{${name}}`, encoded(given) || "x");
    if (place === "header") headers[name] = header(given);
    if (place === "query") query.push(`${encoded(name)}=${[given].flat().map(encoded).join(",")}`);
  }
  if (request.contentType) headers["Content-Type"] = request.contentType;
  const hasBody = request.contentType !== undefined;
  const raw = hasBody ? (request.raw ?? JSON.stringify(filled(request.body, world.known) ?? null)) : undefined;
  return { path: query.length > 0 ? `${path}?${query.join("&")}` : path, headers, raw };
}

/** Sends the request; its answer has to be promised, and a body that the document doesn't allow has to be rejected. */
async function send(request: FuzzRequest, world: World): Promise<Reply> {
  const { path, headers, raw } = partsOf(request, world);
  const { token, admin, company } = world;
  const credential = {
    token: { token: token.secret },
    session: { jwt: admin.jwt, company: company.id },
    none: {},
    wrong: { token: `${token.secret}x` },
  }[request.credential];
  const reply = await call(request.method, path, { ...credential, headers, ...(raw !== undefined && { raw }) });
  if (reply.status >= 500) throw new Error(`${reply.status} ${reply.text}`);
  if (reply.status < 300 && raw !== undefined) expectAllowed(request.operation, JSON.parse(raw));
  return reply;
}

function remember({ status, body }: Reply, { known }: World): void {
  const keep = (kind: string, value: string) => known.set(kind, [...(known.get(kind) ?? []), value].slice(-20));
  if (status === 201 && body?.id) keep(body.id.split("_")[0], body.id);
  if (body?.pagination?.next_cursor) keep("cursor", body.pagination.next_cursor);
}

test(`${count} requests generated from the document get answers that it promises`, async () => {
  test.setTimeout(60_000 + count * 100);
  console.log(`Seed ${seed}`);
  const requests = requestsOf(seed, count);
  const answers: Record<string, number> = {};
  const succeeded = new Set<string>();
  const broken: string[] = [];

  async function fuzzCompany(own: FuzzRequest[]) {
    const world = await makeCompanyToFuzz();
    for (const request of own) {
      try {
        const reply = await send(request, world);
        const kind = `${reply.status} ${reply.body?.code ?? ""}`.trim();
        answers[kind] = (answers[kind] ?? 0) + 1;
        if (reply.status < 300) succeeded.add(request.operation);
        remember(reply, world);
        if (request.operation === "revokeOwnToken" && reply.status === 204 && request.credential === "token")
          world.token = await makeToken(world.admin, world.company);
      } catch (error) {
        const { path, headers, raw } = partsOf(request, world);
        broken.push(`${request.method} ${path} ${JSON.stringify(headers)} ${raw ?? ""}\n${(error as Error).message}`);
      }
    }
  }

  const companies = Array.from({ length: Math.ceil(count / perCompany) }, (_, index) =>
    requests.slice(index * perCompany, (index + 1) * perCompany),
  );
  const next = async () => {
    for (let own = companies.shift(); own && broken.length < 20; own = companies.shift()) await fuzzCompany(own);
  };
  await Promise.all([next(), next(), next(), next()]);

  const never = operationIds.filter((operation) => !succeeded.has(operation));
  console.log(`Answers ${JSON.stringify(answers)}; never succeeded: ${never.join(", ") || "none"}`);
  expect(broken, `seed ${seed}`).toEqual([]);
  // A fuzzer that gets only errors has tested little.
  if (count >= 5_000) expect(never, `seed ${seed}`).toEqual([]);
});
