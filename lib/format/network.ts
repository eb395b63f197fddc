import ipaddr from "ipaddr.js";

/** A network in CIDR notation, or why a text isn't one, as a sentence that says what to do. */
type Read = { network: string } | { fault: string };

/** Reads an IPv4 or IPv6 address or network. An address is the network of only itself. */
export function readNetwork(text: string): Read {
  const [address = "", bits, ...rest] = text.split("/");
  const parsed = parse(address);
  if (!parsed || rest.length > 0) return { fault: "Send an IPv4 or IPv6 address or network, such as 203.0.113.0/24." };
  const most = parsed.kind() === "ipv4" ? 32 : 128;
  if (bits === undefined) return { network: `${parsed}/${most}` };
  const size = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (!(size >= 1 && size <= most)) return { fault: `The number after the slash must be from 1 to ${most}.` };
  const family = parsed.kind() === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6;
  const first = `${family.networkAddressFromCIDR(`${parsed}/${size}`)}/${size}`;
  return first === `${parsed}/${size}`
    ? { network: first }
    : { fault: `${parsed} is not the first address of a /${size}. Send ${first}, or the address alone.` };
}

/** Whether an address is in one of the networks, or there are none. An address that can't be read is in none. */
export function isAllowedFrom(address: string, networks: readonly string[]): boolean {
  if (networks.length === 0) return true;
  const parsed = parse(address);
  return networks.some((network) => {
    const [base, size] = ipaddr.parseCIDR(network);
    return parsed !== null && parsed.kind() === base.kind() && parsed.match(base, size);
  });
}

/** Without a zone, and IPv4 that is mapped to IPv6 as IPv4. Null for other notations of IPv4, such as `0x7f.1`. */
function parse(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const address = text.replace(/%.*$/s, "");
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address);
  return ipaddr.IPv6.isValid(address) ? ipaddr.process(address) : null;
}
