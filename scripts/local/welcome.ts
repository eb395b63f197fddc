import { demoPassword, demoPeople } from "../demo-data.ts";
import { say } from "../project.ts";

/** Prints where the app runs, who can sign in, and what to try next. */
export function greet(url: string): void {
  const width = Math.max(...demoPeople.map((person) => person.email.length));
  const people = demoPeople.map((person) => {
    const roles = person.memberships.map(({ company, role }) => `${role} in ${company}`).join(", ");
    return `    ${person.email.padEnd(width)}  ${roles}`;
  });
  say(`
  RepDesk runs on ${url}

  Sign in with the password ${demoPassword}:
${people.join("\n")}

  Try next:
    curl ${url}/api/v1/health
    curl ${url}/api/v1/me -H "Authorization: Bearer <token>"
  Make the token in My Settings → API Tokens. Ctrl-C stops everything; the data stays.
`);
}
