import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import pg from "pg";

/** As many connections as RepDesk's. */
export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

/** The defaults, without the rate limits: a key may be used 10 times a day by default. */
export const auth = betterAuth({
  database: pool,
  secret: process.env.AUTH_SECRET,
  baseURL: process.env.APP_URL,
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  plugins: [apiKey({ rateLimit: { enabled: false } })],
});

/** The key of a request, verified; null if it isn't valid. */
export async function verifiedKey(request) {
  const key = request.headers.get("authorization")?.replace(/^Bearer /, "") ?? "";
  const { valid, key: found } = await auth.api.verifyApiKey({ body: { key } });
  return valid ? found : null;
}
