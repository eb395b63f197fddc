import type { Activity } from "#lib/auth/activity";
import { Refused } from "#lib/db/company";
import { noteRefusedToken, noteSignIn } from "#lib/db/trail";
import { deviceName } from "#lib/format/device";
import { coarse } from "#lib/http/address";
import type { Exchange } from "#lib/http/exchange";

/** Notes what happened at a sign-in endpoint for the person it happened to. Costs the answer nothing. */
export function noteActivity({ request, address }: Exchange, activity: Activity | undefined): void {
  if (!activity) return;
  noteSignIn({ ...activity, network: coarse(address), device: deviceName(request.headers.get("user-agent")) });
}

/** Notes a token that was refused for its company. Costs the answer nothing. */
export function noteRefusal({ id, address }: Exchange, error: unknown): void {
  if (error instanceof Refused) noteRefusedToken(error, { request_id: id, network: coarse(address) });
}
