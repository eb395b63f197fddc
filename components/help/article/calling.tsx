import Link from "next/link";
import { Snippet } from "#components/help/snippet";

const first = `curl "{origin}/api/v1/me" \\
  -H "Authorization: Bearer $REPDESK_TOKEN"`;

const read = `curl "{origin}/api/v1/contacts?limit=10" \\
  -H "Authorization: Bearer $REPDESK_TOKEN"`;

const write = `curl -X POST "{origin}/api/v1/contacts" \\
  -H "Authorization: Bearer $REPDESK_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"first_name": "Ana", "last_name": "Ruiz", "email": "ana.ruiz@example.com"}'`;

export function CallingTheApi() {
  return (
    <>
      <h2 id="call">Call the API</h2>
      <p>
        Send the token in the header <code>Authorization: Bearer &lt;your API token&gt;</code>. Requests with a body
        also need <code>Content-Type: application/json</code>. Store the token in a variable, so that it doesn't end up
        in the history of your shell:
      </p>
      <Snippet label="Set the token" text={"read -rs REPDESK_TOKEN && export REPDESK_TOKEN"} />
      <p>Check the token. The answer shows its company and its permissions:</p>
      <Snippet label="First request" text={first} />
      <p>List ten contacts:</p>
      <Snippet label="List contacts" text={read} />
      <p>Create a contact:</p>
      <Snippet label="Create a contact" text={write} />
      <p>
        The <Link href="/docs/api#recipes">recipes</Link> show how to copy all records, keep a copy up to date, and
        repeat requests safely, in JavaScript and Python.
      </p>
      <h3 id="session">Token or session?</h3>
      <p>
        RepDesk's own pages call the same API with the session of your browser. A few endpoints, such as creating
        tokens, require a session. For everything that runs without you, on a server, on a schedule, or from a command
        line, use a token. If a request has both, only the token counts.
      </p>
      <h2 id="company">One company at a time</h2>
      <p>
        Each request runs in one company: that of its token, or the one that a session names. Records of other companies
        don't exist for it. Lists omit them, and their IDs aren't found. If a list is empty or a request is rejected,
        first check with <code>/api/v1/me</code> that the token belongs to the right company.
      </p>
    </>
  );
}
