/** `203.0.113.x` for `203.0.113.0`, and `2001:db8:1:…` for `2001:db8:1::`: networks are kept without the last part of the address. */
export function shownNetwork(network: string): string {
  return network.replace(/\.0$/, ".x").replace(/::$/, ":…");
}
