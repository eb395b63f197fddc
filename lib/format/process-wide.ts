/**
 * Returns a value that exists once per process; the first call makes it. Next bundles pages, routes, the proxy, and instrumentation
 * separately, each with its own copy of a module, and development reloads modules, so the value is stored on `globalThis`.
 */
export function processWide<T>(name: string, make: () => T): T {
  const shared = globalThis as { [key: symbol]: unknown };
  const place = Symbol.for(`repdesk.${name}`);
  shared[place] ??= make();
  return shared[place] as T;
}
