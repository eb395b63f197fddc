/** The least that Next can be: routes that return a constant. `npm run bench` compares RepDesk with it. */
export default { poweredByHeader: false };
