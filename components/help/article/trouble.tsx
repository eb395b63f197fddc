import Link from "next/link";
import { TroubleTable } from "#components/help/trouble-table";

export function WhenSomethingFails() {
  return (
    <>
      <h2 id="trouble">When something fails</h2>
      <p>
        Every refusal says in <code>detail</code> what happened, and in <code>code</code> what kind it is.{" "}
        <Link href="/help/api-errors">All codes are explained here</Link>.
      </p>
      <TroubleTable />
      <h2 id="support">Ask support</h2>
      <p>
        You think it is our fault, or you are stuck: write to <a href="mailto:support@repdesk.io">support@repdesk.io</a>
        , with
      </p>
      <ul>
        <li>the time of the call, with its time zone</li>
        <li>
          the request id, <code>req_…</code>: it stands in the answer and in its header <code>X-Request-Id</code>
        </li>
        <li>
          the token's public name, <code>rdk_</code> and twelve characters, if it is about one
        </li>
      </ul>
      <p>
        <strong>Do not send the token itself.</strong> Nobody at RepDesk needs it. If you have sent it to anybody,
        revoke it.
      </p>
    </>
  );
}
