import { expect, test } from "playwright/test";
import { database, makeToken, makeWorld } from "../api/world.ts";
import { type Server, startServer } from "./server.ts";

/** One company can't take all database connections. */

const contacts = 40_000;
const attackers = 120;
const requests = 40;

async function fill(company_id: string, member_id: string): Promise<void> {
  const sql = database();
  await sql`
    insert into repdesk.contacts (id, company_id, first_name, last_name, email, owner_id, created_by_member_id, updated_by_member_id)
    select 'con_0' || lpad(to_hex(i), 25, '0'), ${company_id}, 'Anna ' || md5(i::text), 'Banana ' || i,
           'anna.' || i || '@example.com', ${member_id}, ${member_id}, ${member_id}
      from generate_series(1, ${contacts}::int) as i`;
  await sql`analyze repdesk.contacts`;
}

async function get(server: Server, secret: string, path: string): Promise<number> {
  const response = await fetch(`${server.url}/api/v1${path}`, { headers: { Authorization: `Bearer ${secret}` } });
  await response.text();
  return response.status;
}

/** The median time of sequential requests for a small list, in milliseconds. */
async function median(server: Server, secret: string): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < requests; count += 1) {
    const began = performance.now();
    expect(await get(server, secret, "/contacts?limit=1")).toBe(200);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[requests / 2] as number;
}

test("120 concurrent slow searches of one company don't slow down another company's lists", async () => {
  const [attacker, victim] = [await makeWorld("Attacker"), await makeWorld("Victim")];
  const { admin, company } = attacker;
  const tokens = [attacker.token, await makeToken(admin, company), await makeToken(admin, company)];
  const server = await startServer();
  try {
    const [member] = await database()`select id from repdesk.members where company_id = ${company.id}`;
    await fill(company.id, member?.id);
    await median(server, victim.token.secret);
    const quiet = await median(server, victim.token.secret);

    let isOver = false;
    const statuses = new Map<number, number>();
    const attack = async (index: number) => {
      while (!isOver) {
        const secret = tokens[index % tokens.length]?.secret ?? "";
        const status = await get(server, secret, `/contacts?q=an%20ba%20${index % 10}&sort=name&limit=200`);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    const attacks = Array.from({ length: attackers }, (_, index) => attack(index));
    await expect.poll(() => statuses.get(200) ?? 0, { timeout: 30_000 }).toBeGreaterThan(20);
    const attacked = await median(server, victim.token.secret);
    isOver = true;
    await Promise.all(attacks);
    console.log(
      `A small list takes ${quiet.toFixed(1)} ms (median) alone and ${attacked.toFixed(1)} ms beside ${attackers} slow searches: ` +
        `${(attacked / quiet).toFixed(1)} times. The attacker was answered ${JSON.stringify(Object.fromEntries(statuses))}.`,
    );
    expect(attacked / quiet).toBeLessThan(10);
  } finally {
    await server.stop();
    await database()`delete from repdesk.contacts where company_id = ${company.id}`;
  }
});
