import { OwnAddress } from "#components/help/own-origin";

export function WhatTokensAre() {
  return (
    <>
      <p>
        RepDesk has a versioned REST API. Scripts, integrations and, where you use it, the Chrome extension call it with
        an <strong>API token</strong>: a long secret text that stands for you in one company, as far as you allow it. It
        travels in a header of its own, never in an address, and your password is not involved.
      </p>
      <p>
        The API stands under <code>/api/v1</code> on the address of your RepDesk: in production{" "}
        <code>https://repdesk.io/api/v1</code>. For the RepDesk that you are looking at now it is
      </p>
      <p>
        <OwnAddress path="/api/v1" />
      </p>
      <p>
        <strong>For developers:</strong> the contract for paths, bodies and errors is <code>docs/PUBLIC_API.md</code>,
        kept with the source. The <a href="/docs/api">reference</a> lists every endpoint and lets you try it, and{" "}
        <a href="/api/v1/openapi.json">openapi.json</a> is the same for machines. This page is the short version for
        whoever runs RepDesk.
      </p>
      <h2 id="what">What a token is</h2>
      <ul>
        <li>
          <strong>It belongs to one company and one person.</strong> Whatever runs with it works in that company, with
          your rights there at that moment. If your role changes, or you leave the company, the token follows at its
          next call.
        </li>
        <li>
          <strong>It may do what you tick.</strong> A token that only reads contacts cannot change one. Choose as little
          as the job needs.
        </li>
        <li>
          <strong>It ends.</strong> After 90 days, unless you choose otherwise, or as soon as somebody revokes it.
        </li>
        <li>
          <strong>It is shown once.</strong> RepDesk keeps only a fingerprint of it. Later you see its public name, such
          as <code>rdk_7Fh2kQ9xLmAb</code>, by which lists, logs and support speak of it.
        </li>
      </ul>
    </>
  );
}
