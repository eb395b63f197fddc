import type { Metadata } from "next";
import Link from "next/link";
import { ErrorEntry } from "#components/help/error-entry";
import { HelpArticle } from "#components/help/help-article";
import { errorCodes, errors } from "#lib/contract/errors";
import { faultWords } from "#lib/contract/fault-words";
import { faultCodes } from "#lib/vocabulary";

export const metadata: Metadata = { title: "API errors" };

const statuses = [...new Set(errorCodes.map((code) => errors[code].status))];
const codesOf = (status: number) => errorCodes.filter((code) => errors[code].status === status);

const contents = [
  ...statuses.flatMap((status) => [
    { id: `status-${status}`, text: String(status), level: 2 },
    ...codesOf(status).map((code) => ({ id: code, text: errors[code].title, level: 3 })),
  ]),
  { id: "fields", text: "Field codes", level: 2 },
];

export default function ApiErrors() {
  return (
    <HelpArticle title="API errors" text="Every error code, what it means, and what to do." contents={contents}>
      <p>
        Every error has a <code>code</code> from this list, a <code>detail</code> that says what happened, and a{" "}
        <code>request_id</code> to send to support. Codes never change, but new ones may be added. The{" "}
        <Link href="/help/token-doctor">token doctor</Link> finds the entry of an error that you paste.
      </p>
      {statuses.map((status) => (
        <section key={status} aria-labelledby={`status-${status}`}>
          <h2 id={`status-${status}`}>{status}</h2>
          {codesOf(status).map((code) => (
            <ErrorEntry key={code} code={code} {...errors[code]} />
          ))}
        </section>
      ))}
      <section aria-labelledby="fields">
        <h2 id="fields">Field codes</h2>
        <p>
          The <code>errors</code> of a response list what is wrong with each field, parameter, or header, with one of
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
    </HelpArticle>
  );
}
