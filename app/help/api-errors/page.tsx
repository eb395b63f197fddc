import type { Metadata } from "next";
import { ErrorEntry } from "#components/help/error-entry";
import { HelpFrame } from "#components/help/help-frame";
import { errorCodes, errors } from "#lib/contract/errors";
import { faultWords } from "#lib/contract/fault-words";
import { faultCodes } from "#lib/vocabulary";

export const metadata: Metadata = { title: "API errors" };

const statuses = [...new Set(errorCodes.map((code) => errors[code].status))];

export default function ApiErrors() {
  return (
    <HelpFrame title="API errors" text="Every error code, what it means, and what to do.">
      <p>
        Every error has a <code>code</code> from this list, a <code>detail</code> that says what happened, and a{" "}
        <code>request_id</code> to send to support. Codes never change, but new ones may be added.
      </p>
      <nav aria-label="Statuses" className="mt-4 flex flex-wrap gap-x-4 gap-y-1">
        {statuses.map((status) => (
          <a key={status} href={`#status-${status}`} className="link inline-flex min-h-6 items-center">
            {status}
          </a>
        ))}
      </nav>
      {statuses.map((status) => (
        <section key={status} aria-labelledby={`status-${status}`}>
          <h2 id={`status-${status}`}>{status}</h2>
          {errorCodes
            .filter((code) => errors[code].status === status)
            .map((code) => (
              <ErrorEntry key={code} code={code} {...errors[code]} />
            ))}
        </section>
      ))}
      <section aria-labelledby="fields">
        <h2 id="fields">Field codes</h2>
        <p>
          The <code>errors</code> of an answer list what is wrong with each field, parameter, or header, with one of
          these codes.
        </p>
        <dl>
          {faultCodes.map((code) => (
            <div key={code} className="mt-2">
              <dt className="font-mono text-help font-semibold">{code}</dt>
              <dd>{faultWords[code]}</dd>
            </div>
          ))}
        </dl>
      </section>
    </HelpFrame>
  );
}
