import type { Activity } from "#lib/auth/activity";
import { noteSignIn } from "#lib/db/trail";
import { deviceName } from "#lib/format/device";
import { coarse } from "#lib/http/address";
import type { RequestContext } from "#lib/http/context";

/** Notes an event at a sign-in endpoint for the person it is about. The response doesn't wait for it. */
export function noteActivity({ address, userAgent }: RequestContext, activity: Activity | undefined): void {
  if (activity) noteSignIn({ ...activity, network: coarse(address), device: deviceName(userAgent) });
}
