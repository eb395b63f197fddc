import Link from "next/link";
import { Snippet } from "#components/help/snippet";
import { tokenLimits } from "#lib/vocabulary";

const request = `curl -X POST "{origin}/api/v1/auth/token" \\
  -H "Authorization: Bearer $SESSION_JWT" \\
  -H "RepDesk-Company: your-company" \\
  -H "Content-Type: application/json" \\
  -d '{"name": "Nightly sync", "scopes": ["contacts:read"], "expires_in_days": ${tokenLimits.defaultDays}}'`;

export function IssuingTokens() {
  return (
    <>
      <h2 id="issue">Create a token from a program</h2>
      <p>
        A command-line tool or an extension that has signed you in can create a token itself and then end the session.
        It calls <code>POST /api/v1/auth/token</code> with the session's access token. An API token can't create another
        token.
      </p>
      <Snippet label="Create a token with a session" text={request} />
      <p>
        <code>RepDesk-Company</code> is the ID of the company or its name in the URL. You can omit it if you belong to
        one company. The <code>token</code> in the answer is the secret, and it is returned only once. The{" "}
        <Link href="/docs/api#create-a-token-from-a-program">guide</Link> explains how a program gets a session, and the{" "}
        <Link href="/docs/api#create-a-token">reference</Link> lists all fields.
      </p>
    </>
  );
}
