/**
 * Whether an error has a brand. Next bundles pages, routes, and the proxy separately, each with its own copy of a class, so
 * `instanceof` fails for an error from another bundle. A brand made with `Symbol.for` is the same in all of them.
 */
export function hasBrand(value: unknown, brand: symbol): boolean {
  return typeof value === "object" && value !== null && brand in value;
}
