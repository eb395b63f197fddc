import { Snippet } from "#components/help/snippet";
import { scopes, tokenLimits } from "#lib/vocabulary";

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
        A command line or an extension that has signed you in can create the long-lived token itself, and then forget
        the session. It calls <code>POST /api/v1/auth/token</code> with the session's access token as Bearer; a token
        cannot create another token.
      </p>
      <Snippet label="Create a token with a session" text={request} />
      <ul>
        <li>
          <code>RepDesk-Company</code>: the company, by its name in the address or by its id. Leave it out if you belong
          to one only.
        </li>
        <li>
          <code>name</code>: up to {tokenLimits.nameLength} characters.
        </li>
        <li>
          <code>scopes</code>: at least one of{" "}
          {scopes.map((scope, index) => (
            <span key={scope}>
              {index > 0 && ", "}
              <code>{scope}</code>
            </span>
          ))}
          . <code>write</code> includes <code>read</code>.
        </li>
        <li>
          <code>expires_in_days</code>: 1 to {tokenLimits.maxDays}, {tokenLimits.defaultDays} if you leave it out.
        </li>
      </ul>
      <p>
        The answer's <code>token</code> is the secret, this once. Headers, body and answer stand in{" "}
        <code>docs/PUBLIC_API.md</code> to the letter, and so does how a program gets a session.
      </p>
    </>
  );
}
