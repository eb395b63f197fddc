/** Runs for no request, like RepDesk's for the API. Turbopack would look for one in the folders above, and take RepDesk's. */
export const config = { matcher: "/none" };

export function proxy() {}
