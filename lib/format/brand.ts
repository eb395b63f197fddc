/**
 * Whether an error carries a brand. Next bundles pages, routes and the proxy separately, so each has classes of its own, and an
 * error that reaches another bundle through something shared by the process is no instance of the class there. A class that tells
 * its instances by a brand from `Symbol.for` is the same in all of them.
 */
export function hasBrand(value: unknown, brand: symbol): boolean {
  return typeof value === "object" && value !== null && brand in value;
}
