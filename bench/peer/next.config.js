/** `npm run bench` compares RepDesk with it. */
export default { poweredByHeader: false, turbopack: { root: import.meta.dirname } };
