import Link from "next/link";
import type { ReactNode } from "react";
import type { ErrorCode } from "#lib/contract/errors";

type Trouble = { symptom: string; checks: [ErrorCode | null, ReactNode][]; remedy: ReactNode };

const me = <code>/api/v1/me</code>;

const troubles: Trouble[] = [
  {
    symptom: "401",
    checks: [
      ["token_invalid", "Did you send the whole token, without a typo?"],
      ["unauthenticated", "Does the request have an Authorization header?"],
      ["token_revoked", "Was it revoked? The answer says when."],
      ["token_expired", "Has it expired? The answer says when."],
      ["member_inactive", "Is the owner of the token still active in the company?"],
    ],
    remedy:
      "Find the token under API Tokens by its public part. Copy it again from where you store it. If it is lost, expired, or revoked, create another.",
  },
  {
    symptom: "403",
    checks: [
      ["insufficient_scope", "Does the token have the scope that the endpoint requires? The answer names it."],
      ["forbidden_role", "Has your role in the company changed?"],
      ["company_mismatch", "Does the header RepDesk-Company name another company?"],
      ["session_required", "Does the endpoint require a session, as creating tokens does?"],
      ["company_suspended", "Is the company suspended?"],
    ],
    remedy: (
      <>
        Check the company and the permissions of the token with {me}. Create one with the right scope, in the right
        company.
      </>
    ),
  },
  {
    symptom: "Empty list, or 404",
    checks: [
      [
        null,
        "Is it the right company? A token sees only its own. The data of another company isn't found, without any error.",
      ],
      [null, "Was the token created in that company? Or is it one from somewhere else, such as a trial?"],
      [null, "Do any records match the filters?"],
    ],
    remedy: <>Compare the company in {me} with the one in the app. If they differ, create a token in the right one.</>,
  },
  {
    symptom: "CORS error",
    checks: [
      [null, "Does the request come from a web page? Pages of other sites can't call the API."],
      [null, "Can visitors of the page read the token? A public page can't keep a secret."],
    ],
    remedy:
      "Call the API from your server, or from a browser extension that keeps the token in its own storage. The operator of RepDesk can allow single origins.",
  },
  {
    symptom: "429",
    checks: [
      [
        "rate_limited",
        "Did you send more than 600 requests at once with one token, or 2,400 with all tokens of the company?",
      ],
    ],
    remedy: (
      <>
        Wait for the number of seconds in <code>Retry-After</code>, then send requests more slowly.
      </>
    ),
  },
];

/** The most common problems, with what to check and what to do. */
export function TroubleTable() {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" className="w-20 sm:w-36">
            What you see
          </th>
          <th scope="col">What to check and what to do</th>
        </tr>
      </thead>
      <tbody>
        {troubles.map(({ symptom, checks, remedy }) => (
          <tr key={symptom}>
            <th scope="row">{symptom}</th>
            <td>
              <ul className="mt-0! ps-4!">
                {checks.map(([code, question], index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
                  <li key={index}>
                    {question}{" "}
                    {code && (
                      <Link href={`/help/api-errors#${code}`} className="link font-mono text-help">
                        {code}
                      </Link>
                    )}
                  </li>
                ))}
              </ul>
              <p className="mt-2!">{remedy}</p>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
