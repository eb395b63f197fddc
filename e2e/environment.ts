/** The environment that `npm test` gives its tests: where everything runs, and how to look inside. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Mail } from "#scripts/local/mail";

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: run the tests with npm test.`);
  return value;
}

/** Read lazily, since not every stage sets everything. */
export const environment = {
  /** The address of the app, such as `http://localhost:3100`, which is also the origin of its cookies and writes. */
  get appUrl() {
    return given("APP_URL");
  },
  get supabaseUrl() {
    return given("SUPABASE_URL");
  },
  get publishableKey() {
    return given("SUPABASE_PUBLISHABLE_KEY");
  },
  /** Signs sessions, for tests with sessions that the server must reject. */
  get appSecret() {
    return given("APP_SECRET");
  },
  get jwtSecret() {
    return given("SUPABASE_JWT_SECRET");
  },
  /** As `repdesk_app`. */
  get databaseUrl() {
    return given("DATABASE_URL");
  },
  /** As `postgres`, which owns the schema and isn't a superuser. */
  get ownerUrl() {
    return given("TEST_OWNER_URL");
  },
  get superuserUrl() {
    return given("TEST_SUPERUSER_URL");
  },
  /** The file with the app's output. */
  get appLog() {
    return given("APP_LOG");
  },
  /** The program of a Redis or Valkey server. */
  get redisServer() {
    return given("REDIS_SERVER_PATH");
  },
  /** The folder of captured mail. */
  get mailFolder() {
    return given("MAIL_DIR");
  },
};

/** People who sign up with an address at this domain have to confirm it. Others don't. */
export { confirmingDomain } from "#scripts/local/mail";

/** All mail to an address, oldest first. */
export function mailTo(address: string): Mail[] {
  return readdirSync(environment.mailFolder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name): Mail => JSON.parse(readFileSync(join(environment.mailFolder, name), "utf8")))
    .filter((mail) => mail.to.toLowerCase() === address.toLowerCase());
}

/** Waits up to 10 seconds for mail to an address, or for more than `after` mails, and returns the newest. */
export async function newMailTo(address: string, after = 0): Promise<Mail> {
  for (let waited = 0; waited < 10_000; waited += 100) {
    const mail = mailTo(address);
    const newest = mail.at(-1);
    if (newest && mail.length > after) return newest;
    await sleep(100);
  }
  throw new Error(`No mail arrived for ${address}.`);
}
