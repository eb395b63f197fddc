import { createHash } from "node:crypto";
import { deviceOf, knows } from "#lib/auth/device";
import type { HttpContext } from "#lib/http/context";
import { drawFrom, giveBack, type PolicyName, take, tooMany } from "#lib/http/rate-limit";

/** A request's use of the limits of a sign-in endpoint. */
export type Tries = {
  /** Before the body is read. Throws `rate_limited`. */
  takeNetwork(): Promise<void>;
  /** Once the person is known. Throws `rate_limited`. */
  takePerson(who: { email: string } | { user_id: string }): Promise<void>;
  /** Gives everything back, because the try succeeded or failed through no fault of the caller. */
  giveBack(): Promise<void>;
};

/** The longest pause between two tries for an address under attack, in seconds. */
const longestPause = 60;

/**
 * Makes guessing slow without letting strangers lock a person out. Tries count by network, and by email address and network. Too many
 * failures for an address across all networks only slow down browsers that have never signed in with it. A browser that has gets its
 * own tries.
 */
export function triesAt(endpoint: string, context: HttpContext, networkPolicy: PolicyName): Tries {
  const device = deviceOf(context.request.headers);
  const taken: [PolicyName, string][] = [];
  const takeFrom = async (policy: PolicyName, ...key: string[]) => {
    const whole = [endpoint, ...key].join(" ");
    await take(policy, whole, context);
    taken.push([policy, whole]);
  };
  const giveAllBack = async () => {
    for (const [policy, key] of taken.splice(0)) await giveBack(policy, key, context);
  };

  const takeEmail = async (address: string) => {
    const email = digest(address);
    if (device && knows(device, address)) return takeFrom("sign_in_person", device.id, email);
    if (device) await takeFrom(networkPolicy, context.network);
    await takeFrom("sign_in_person", email, context.network);
    const key = `${endpoint} ${email}`;
    const { remaining } = await drawFrom("sign_in_email", key, context, { force: true });
    taken.push(["sign_in_email", key]);
    if (remaining >= 0) return;
    const pause = await drawFrom("sign_in_pause", key, context, { cost: Math.min(longestPause, 1 - remaining) });
    if (pause.allowed) return;
    await giveAllBack();
    throw tooMany("sign_in_pause", pause);
  };

  return {
    async takeNetwork() {
      if (device === null) await takeFrom(networkPolicy, context.network);
    },
    async takePerson(who) {
      if ("user_id" in who) await takeFrom("sign_in_person", who.user_id);
      else await takeEmail(who.email);
    },
    giveBack: giveAllBack,
  };
}

/** Hashed, so that the limiter stores no addresses. */
function digest(email: string): string {
  return createHash("sha256").update(email.toLowerCase()).digest("base64url");
}
