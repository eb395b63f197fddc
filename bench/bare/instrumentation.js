/** Empty for the same reason as `proxy.js`. */
export function register() {}
