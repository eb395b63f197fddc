import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { env } from "#lib/env";
import { markArrival } from "#lib/http/arrival";

/**
 * The client's address: the peer of the connection, or the address that the outermost of our proxies saw.
 * `proxies` is the number of our proxies that each request passes. Entries further left in X-Forwarded-For are claims of the client.
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, proxies: number): string {
  const chain = [...(forwardedFor ?? "").split(",").map((entry) => entry.trim()), peer].filter(Boolean);
  const claimed = chain.at(-1 - proxies) ?? chain[0] ?? peer;
  const address = claimed.replace(/^\[(.*)\](?::\d+)?$/, "$1").replace(/^::ffff:(?=\d+\.)/i, "");
  const bare = isIP(address) ? address : address.replace(/:\d+$/, "");
  return isIP(bare) ? bare : peer;
}

/**
 * Notes each request's client address before Next sees it. Next loses the peer's address if the client sends its own
 * X-Forwarded-For. Called once, when the server starts.
 */
export function noteAddresses(): void {
  const proxies = env().TRUSTED_PROXIES;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    const forwardedFor = request.headers["x-forwarded-for"];
    const chain = Array.isArray(forwardedFor) ? forwardedFor.join(",") : forwardedFor;
    markArrival(request, { address: clientAddress(request.socket.remoteAddress ?? "unknown", chain, proxies) });
  });
}

/** The network that an address is limited by: the address itself for IPv4, the /64 for IPv6. */
export function networkOf(address: string): string {
  return isIP(address) === 6 ? `${expand(address).slice(0, 4).join(":")}::/64` : address;
}

/** The wider network whose bucket a network shares when there are too many: the /16 for IPv4, the /32 for IPv6. */
export function widerNetworkOf(address: string): string {
  if (isIP(address) === 6) return expand(address).slice(0, 2).join(":");
  return address.split(".").slice(0, 2).join(".");
}

/** An address in the form that is shown and stored: without its last part, as /24 or /48. */
export function coarse(address: string): string | null {
  if (isIP(address) === 4) return address.replace(/\d+$/, "0");
  if (isIP(address) === 6) return `${expand(address).slice(0, 3).join(":")}::`;
  return null;
}

/** The eight groups of an IPv6 address. */
function expand(address: string): string[] {
  const [head = "", tail = ""] = (address.split("%")[0] as string).split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const middle = Array(Math.max(0, 8 - left.length - right.length)).fill("0");
  return [...left, ...middle, ...right];
}
