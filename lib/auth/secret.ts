import { hkdfSync } from "node:crypto";
import { env } from "#lib/env";

/** What the app signs. Each purpose has its own key, so a signature for one is invalid for another. */
type Purpose = "device-cookie";

const keys = new Map<Purpose, Buffer>();

/** The key for a purpose: 32 bytes, derived from `APP_SECRET` by HKDF (RFC 5869) with SHA-256. */
export function secretKey(purpose: Purpose): Buffer {
  const key = keys.get(purpose) ?? Buffer.from(hkdfSync("sha256", env().APP_SECRET, "", `repdesk ${purpose}`, 32));
  keys.set(purpose, key);
  return key;
}
