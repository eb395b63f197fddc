import { z } from "zod";

const origin = z
  .url({ protocol: /^https?$/ })
  .transform((value) => value.replace(/\/+$/, ""))
  .refine(
    (value) => new URL(value).origin === value,
    "Must be an origin such as https://repdesk.io, in lower case and without a path.",
  );
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ""));
const extension = z.string().regex(/^chrome-extension:\/\/[a-z]+$/);
const database = z.url({ protocol: /^postgres(ql)?$/ });
const list = z
  .string()
  .default("")
  .transform((value) =>
    value
      .split(",")
      .map((item) => item.trim())
      .filter(Boolean),
  );

/** At least 32 bytes. The number of distinct characters catches values that were typed to fill the space. */
const secret = z
  .string()
  .refine((value) => Buffer.byteLength(value) >= 32, "Must have at least 32 bytes. Make one: openssl rand -base64 48")
  .refine((value) => new Set(value).size >= 12, "Must be random. Make one: openssl rand -base64 48");

const settings = z.object({
  /** Where people and integrations reach this app, such as `https://repdesk.io`. Links and the origin check use it. */
  APP_URL: origin,
  SUPABASE_URL: url,
  SUPABASE_PUBLISHABLE_KEY: z.string().min(1),
  /** Only if sessions are signed with HS256; otherwise the project's JWKS is used. */
  SUPABASE_JWT_SECRET: z.string().min(32).optional(),
  /** The issuer of sessions (`iss`). Default: `SUPABASE_URL/auth/v1`. With a custom domain, it is the project's own URL. */
  SUPABASE_JWT_ISSUER: z.string().optional(),
  /** Signs what the app has to recognize later, such as the cookie of a browser that has signed in before. */
  APP_SECRET: secret,
  /** Has to log in as `repdesk_app`. */
  DATABASE_URL: database,
  /** The number of your proxies in front of the app: that many entries of X-Forwarded-For are trusted. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** Browser origins that may call the API with a token, separated by commas. None by default. */
  CORS_ORIGINS: list.pipe(z.array(z.union([extension, origin]))),
  /** Redis or Valkey, for rate limits shared by several processes. Without it, each process counts on its own. */
  RATE_LIMIT_REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Seconds after SIGTERM in which the app accepts requests while `health?ready` returns 503, so that load balancers notice. */
  DRAIN_SECONDS: z.coerce.number().int().min(0).max(300).default(5),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
});

export type Env = z.output<typeof settings>;

let parsed: Env | undefined;

/**
 * The settings, read once when the server starts.
 * Throws an error that names each bad or missing setting, never its value.
 */
export function env(): Env {
  if (parsed) return parsed;
  const present = Object.fromEntries(Object.entries({ ...process.env }).filter(([, value]) => value !== ""));
  const result = settings.safeParse(present);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `  ${issue.path[0]?.toString()}: ${issue.message}`);
    throw new Error(`RepDesk cannot start. These settings are missing or invalid:\n${[...new Set(faults)].join("\n")}`);
  }
  parsed = result.data;
  return parsed;
}
