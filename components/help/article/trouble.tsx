import Link from "next/link";
import { TroubleTable } from "#components/help/trouble-table";

export function WhenSomethingFails() {
  return (
    <>
      <h2 id="trouble">When something fails</h2>
      <p>
        Every error has a <code>code</code> that says what kind it is, and a <code>detail</code> that says what
        happened. <Link href="/help/api-errors">All codes are explained here</Link>. The{" "}
        <Link href="/help/token-doctor">token doctor</Link> checks a token or a header in your browser, without sending
        it.
      </p>
      <TroubleTable />
      <h2 id="support">Contact support</h2>
      <p>
        If you are stuck or think that RepDesk made a mistake, write to{" "}
        <a href="mailto:support@repdesk.io">support@repdesk.io</a>, with
      </p>
      <ul>
        <li>the time of the request, with its time zone</li>
        <li>
          the request ID, <code>req_…</code>, from the answer or from its header <code>X-Request-Id</code>
        </li>
        <li>
          the public part of the token, <code>rdk_</code> and twelve characters, if the problem is about a token
        </li>
      </ul>
      <p>
        <strong>Never send the token itself.</strong> Nobody at RepDesk needs it. If you have sent it to anyone, revoke
        it.
      </p>
    </>
  );
}
