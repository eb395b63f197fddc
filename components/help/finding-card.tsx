import { CircleAlert, CircleCheck, CircleDashed, Info, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useId } from "react";
import type { Finding } from "#components/help/diagnosis";
import { Snippet } from "#components/help/snippet";
import { Time } from "#components/ui/time";
import { errors } from "#lib/contract/errors";
import { faultWords } from "#lib/contract/fault-words";
import type { Check, TokenDiagnosis } from "#lib/format/token-checks";

/** Links don't prefetch: the page promises that it sends nothing. */
const quiet = { prefetch: false, className: "link" };

const tokenRequest = `curl "{origin}/api/v1/auth/token" \\
  -H "Authorization: Bearer $REPDESK_TOKEN"`;

export function titleOf(finding: Finding): string {
  switch (finding.kind) {
    case "token":
      return titleOfToken(finding.token);
    case "token-id":
      return "This is the ID of a token, not a token";
    case "error":
      return errors[finding.code].title;
    case "field":
      return "This code is about one field";
    case "unknown-code":
      return "RepDesk has no such code";
    case "request":
      return finding.time ? "This is a request ID" : "The request ID is incomplete";
  }
}

function titleOfToken({ prefix, checks, faults }: TokenDiagnosis): string {
  if (checks.length === 0) return "There is no token in this";
  if (prefix === null) return "The token is not well-formed";
  return faults.length > 0 ? "The token is well-formed, but something else is wrong" : "The token is well-formed";
}

function iconOf(finding: Finding): ReactNode {
  if (finding.kind === "token") {
    const { prefix, faults } = finding.token;
    if (prefix === null) return <CircleAlert className="text-danger" />;
    return faults.length > 0 ? <TriangleAlert className="text-warning" /> : <CircleCheck className="text-success" />;
  }
  return finding.kind === "unknown-code" || (finding.kind === "request" && finding.time === null) ? (
    <CircleAlert className="text-danger" />
  ) : (
    <Info className="text-accent" />
  );
}

export function FindingCard({ finding }: { finding: Finding }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-card border border-border bg-surface px-4 py-4">
      <h2 id={id} className="flex gap-2 text-title font-semibold [&_svg]:mt-0.5 [&_svg]:size-5 [&_svg]:shrink-0">
        {iconOf(finding)}
        {titleOf(finding)}
      </h2>
      <div className="mt-2 flex flex-col gap-3">
        <Body finding={finding} />
      </div>
    </section>
  );
}

function Body({ finding }: { finding: Finding }) {
  switch (finding.kind) {
    case "token":
      return <TokenBody {...finding.token} />;
    case "token-id":
      return <p>It names the token in lists and URLs. A token begins with rdk_ and has 66 characters.</p>;
    case "error":
      return <ErrorBody code={finding.code} />;
    case "field":
      return (
        <p>
          <code>{finding.code}</code>: {faultWords[finding.code]} See{" "}
          <Link {...quiet} href="/help/api-errors#fields">
            field codes
          </Link>
          .
        </p>
      );
    case "unknown-code":
      return (
        <p>
          <code className="break-words">{finding.code}</code> isn't one of its error codes. Compare it with{" "}
          <Link {...quiet} href="/help/api-errors">
            all error codes
          </Link>
          . The answer may come from a proxy or another service.
        </p>
      );
    case "request":
      return <RequestBody {...finding} />;
  }
}

function ErrorBody({ code }: Pick<Extract<Finding, { kind: "error" }>, "code">) {
  const { status, meaning, remedy } = errors[code];
  return (
    <>
      <p className="text-help text-muted">
        {status} <span className="font-mono">{code}</span>
      </p>
      <p>{meaning}</p>
      <p>{remedy}</p>
      <p>
        {/* Loads the whole page: only then does the browser highlight the entry. */}
        <a className="link" href={`/help/api-errors#${code}`}>
          See it in API errors
        </a>
      </p>
    </>
  );
}

function RequestBody({ time }: Extract<Finding, { kind: "request" }>) {
  return (
    <>
      {time ? (
        <p>
          The request was made on <Time value={time} style="exact" />.
        </p>
      ) : (
        <p>A request ID has req_ and 26 more characters. Copy it again.</p>
      )}
      <p>
        Every answer has a request ID, in the header <code>X-Request-Id</code>, and in <code>request_id</code> if it is
        an error. Send it to{" "}
        <a className="link" href="mailto:support@repdesk.io">
          support@repdesk.io
        </a>{" "}
        if you need help with the request. The operator of RepDesk finds it in the server's log as{" "}
        <code>request_id</code>.
      </p>
    </>
  );
}

function TokenBody({ prefix, checks, faults }: TokenDiagnosis) {
  return (
    <>
      <ul className="flex flex-col gap-2">
        {faults.map((fault) => (
          <Line key={fault} ok={false}>
            {fault}
          </Line>
        ))}
        {checks.map(({ name, ok, text }) => (
          <Line key={name} ok={ok}>
            <span className="font-medium">{name}.</span> {text}
          </Line>
        ))}
      </ul>
      {prefix ? <NextSteps prefix={prefix} /> : <NewToken />}
    </>
  );
}

function Line({ ok, children }: { ok: Check["ok"]; children: ReactNode }) {
  const icon =
    ok === null ? (
      <CircleDashed aria-label="Not checked" className="text-muted" />
    ) : ok ? (
      <CircleCheck aria-label="Right" className="text-success" />
    ) : (
      <CircleAlert aria-label="Wrong" className="text-danger" />
    );
  return (
    <li className="flex gap-2 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
      {icon}
      <span className="min-w-0 break-words">{children}</span>
    </li>
  );
}

function NextSteps({ prefix }: { prefix: string }) {
  return (
    <>
      <p>
        Its public part is <code className="font-medium">{prefix}</code>. A well-formed token isn't necessarily active:
        it may be expired, revoked, or unknown. To find out:
      </p>
      <ol className="list-decimal ps-6">
        <li>
          Find <code>{prefix}</code> in My Settings,{" "}
          <Link {...quiet} href="/settings/api-tokens">
            API Tokens
          </Link>
          . The list shows its status.
        </li>
        <li className="mt-1">
          Or call <code>GET /api/v1/auth/token</code> with it. The answer describes the token, or says why it doesn't
          work.
        </li>
      </ol>
      <Snippet label="Ask RepDesk" text={tokenRequest} />
    </>
  );
}

function NewToken() {
  return (
    <p>
      RepDesk can't show a token again. If you don't have the whole token, create a new one in My Settings,{" "}
      <Link {...quiet} href="/settings/api-tokens">
        API Tokens
      </Link>
      .
    </p>
  );
}
