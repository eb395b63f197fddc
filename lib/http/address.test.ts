import { expect, test } from "vitest";
import { clientAddress, coarse, networkOf } from "#lib/http/address";

test.each([
  ["no proxy: the peer, whatever the client claims", "203.0.113.9", "198.51.100.1", 0, "203.0.113.9"],
  ["one proxy: the last entry", "10.0.0.1", "198.51.100.1, 203.0.113.9", 1, "203.0.113.9"],
  ["two proxies: the last but one", "10.0.0.1", "198.51.100.1, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"],
  ["one proxy, no header: the peer", "10.0.0.1", undefined, 1, "10.0.0.1"],
  ["one proxy that adds a port", "10.0.0.1", "203.0.113.9:4711", 1, "203.0.113.9"],
  ["one proxy, IPv6 in brackets", "10.0.0.1", "[2001:db8::7]:443", 1, "2001:db8::7"],
  ["an IPv4 peer in IPv6 clothes", "::ffff:203.0.113.9", undefined, 0, "203.0.113.9"],
  ["an entry that isn't an address", "10.0.0.1", "unknown", 1, "10.0.0.1"],
])("%s", (_, peer, forwardedFor, proxies, address) => {
  expect(clientAddress(peer, forwardedFor, proxies)).toBe(address);
});

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8::6", "2001:db8:0:0::/64"],
])("%s counts as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each([
  ["203.0.113.9", "203.0.113.0"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1::"],
  ["unknown", null],
])("%s is shown as %s", (address, shown) => {
  expect(coarse(address)).toBe(shown);
});
