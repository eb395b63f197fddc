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
        Every call carries the token in the header <code>Authorization: Bearer &lt;your API token&gt;</code>. Calls that
        send a body add <code>Content-Type: application/json</code>. Put the token into a variable, so that it does not
        stand in the history of your shell:
      </p>
      <Snippet label="Set the token" text={"read -rs REPDESK_TOKEN && export REPDESK_TOKEN"} />
      <p>Ask who you are. The answer names the company and the rights of the token:</p>
      <Snippet label="First call" text={first} />
      <p>Read ten contacts:</p>
      <Snippet label="List contacts" text={read} />
      <p>Create one:</p>
      <Snippet label="Create a contact" text={write} />
      <h3 id="session">Token or session?</h3>
      <p>
        RepDesk's own pages call the same API with your browser's session, and a few calls want a session: creating
        tokens is one. For everything that runs without you, on a server, on a schedule or from a command line, use a
        token. If a call carries both, the token counts and the session is not looked at.
      </p>
      <h2 id="company">One company at a time</h2>
      <p>
        Each call works inside the company of its token, or inside the one that a session names. Other companies'
        records do not exist for it: lists leave them out, and their ids are not found. So if a list is empty, or a call
        is refused, look first whether the token was created while you were in the right company, and is not one of your
        own from somewhere else. <code>/api/v1/me</code> tells it in one call.
      </p>
    </>
  );
}
