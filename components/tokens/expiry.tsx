import { tokenLimits } from "#lib/vocabulary";

/** How long a token works: the choices, and the time left in words. */

export const day = 86_400_000;
const hour = 3_600_000;

/** How many days before the expiration the warning begins. */
const warnDays = 14;

export const never = "never";
export const lifetimes = ["7", "30", "60", "90", "180", String(tokenLimits.maxDays)] as const;
export type Lifetime = (typeof lifetimes)[number] | typeof never;
export const defaultLifetime: Lifetime = "90";

/** “in 12 days”, or “expired”. `left` is in milliseconds. */
export function timeLeft(left: number): string {
  if (left <= 0) return "expired";
  if (left < hour) return "in less than an hour";
  const [count, noun] = left < day ? [Math.round(left / hour), "hour"] : [Math.round(left / day), "day"];
  return `in ${count} ${noun}${count === 1 ? "" : "s"}`;
}

export function expiresSoon(expiresAt: string | null, now: number): boolean {
  return expiresAt !== null && Date.parse(expiresAt) - now < warnDays * day;
}
