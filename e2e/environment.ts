/** What `npm test` tells its tests: where everything is, and how to look behind it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Mail } from "#scripts/local/mail";

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: run the tests with npm test.`);
  return value;
}

/** Read when asked for, since not every stage is given everything. */
export const environment = {
  /** Where the app answers, such as `http://localhost:3100`; also the origin its cookies and writes belong to. */
  get appUrl() {
    return given("APP_URL");
  },
  get supabaseUrl() {
    return given("SUPABASE_URL");
  },
  get publishableKey() {
    return given("SUPABASE_PUBLISHABLE_KEY");
  },
  /** Signs sessions: to make ones that the server must refuse. */
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
  /** As `postgres`, who owns the schema and is no superuser. */
  get ownerUrl() {
    return given("TEST_OWNER_URL");
  },
  get superuserUrl() {
    return given("TEST_SUPERUSER_URL");
  },
  /** The file that takes everything the app writes to its output. */
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

/** People who sign up with an address at this domain have to confirm it; all others do not. */
export { confirmingDomain } from "#scripts/local/mail";

/** All mail to an address so far, oldest first. */
export function mailTo(address: string): Mail[] {
  return readdirSync(environment.mailFolder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name): Mail => JSON.parse(readFileSync(join(environment.mailFolder, name), "utf8")))
    .filter((mail) => mail.to.toLowerCase() === address.toLowerCase());
}

/** The newest mail to an address, waited for up to 10 seconds; with `after`, one more than so many. */
export async function newMailTo(address: string, after = 0): Promise<Mail> {
  for (let waited = 0; waited < 10_000; waited += 100) {
    const mail = mailTo(address);
    const newest = mail.at(-1);
    if (newest && mail.length > after) return newest;
    await sleep(100);
  }
  throw new Error(`No mail came to ${address}.`);
}
