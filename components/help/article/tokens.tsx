import Link from "next/link";
import { OwnAddress } from "#components/help/own-origin";
import { tokenLimits } from "#lib/vocabulary";

export function WhatTokensAre() {
  return (
    <>
      <p>
        RepDesk has a REST API. Scripts, integrations, and the Chrome extension call it with an{" "}
        <strong>API token</strong>: a long secret that acts for you in one company, with the permissions that you
        choose. It never contains your password.
      </p>
      <p>
        The base URL of the API in production is <code>https://repdesk.io/api/v1</code>. On the RepDesk that you are
        using, it is
      </p>
      <p>
        <OwnAddress path="/api/v1" />
      </p>
      <p>
        <strong>For developers:</strong> this article is a short version. The{" "}
        <Link href="/docs/api">API guide and reference</Link> have the details, the{" "}
        <Link href="/docs/api/explorer">explorer</Link> sends requests from your browser, and{" "}
        <a href="/api/v1/openapi.json">openapi.json</a> describes the API for programs.
      </p>
      <h2 id="what">What a token is</h2>
      <ul>
        <li>
          <strong>It belongs to one company and one person.</strong> It can do at most what you can do in that company
          at the time of the request. If your role changes or you leave the company, its next request notices.
        </li>
        <li>
          <strong>It has the permissions that you choose.</strong> A token that only reads contacts can't change them.
          Choose as few as the task needs.
        </li>
        <li>
          <strong>It expires.</strong> After {tokenLimits.defaultDays} days, unless you choose otherwise or someone
          revokes it first.
        </li>
        <li>
          <strong>It is shown once.</strong> RepDesk stores only a hash. Later you see its public part, such as{" "}
          <code>rdk_7Fh2kQ9xLmAb</code>, in lists and logs.
        </li>
      </ul>
    </>
  );
}
