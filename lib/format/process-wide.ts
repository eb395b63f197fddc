/**
 * A value that exists once per process. Next bundles pages, routes, the proxy and instrumentation separately, each with modules of its
 * own, and development reloads modules; what they share lives on `globalThis`. `make` runs for the first who asks.
 */
export function processWide<T>(name: string, make: () => T): T {
  const shared = globalThis as { [key: symbol]: unknown };
  const place = Symbol.for(`repdesk.${name}`);
  shared[place] ??= make();
  return shared[place] as T;
}
