import Link from "next/link";
import type { ReactNode } from "react";
import type { ErrorCode } from "#lib/contract/errors";

type Trouble = { symptom: string; checks: [ErrorCode | null, ReactNode][]; remedy: ReactNode };

const me = <code>/api/v1/me</code>;

const troubles: Trouble[] = [
  {
    symptom: "401",
    checks: [
      ["token_invalid", "Is it the whole token, without a typing error?"],
      ["unauthenticated", "Does the call send the header at all?"],
      ["token_revoked", "Has somebody revoked it? The answer says when."],
      ["token_expired", "Are its days over? The answer says since when."],
      ["member_inactive", "Is the person whose token it is still active in the company?"],
    ],
    remedy:
      "Look it up under API Tokens by its public name. Copy it anew from where you keep it; if it is gone or dead, create another.",
  },
  {
    symptom: "403",
    checks: [
      ["insufficient_scope", "Was the token given what this call needs? The answer names it."],
      ["forbidden_role", "Has your role in the company changed?"],
      ["company_mismatch", "Does RepDesk-Company name another company than the token's?"],
      ["session_required", "Does the call want a signed-in person, as creating tokens does?"],
      ["company_suspended", "Is the company suspended?"],
    ],
    remedy: (
      <>Ask {me} which company and which rights the token has. Create one with the right scope, in the right company.</>
    ),
  },
  {
    symptom: "Empty list, or 404",
    checks: [
      [
        null,
        "Is it the company you mean? A token sees one company only, and finds nothing of another without any error.",
      ],
      [
        null,
        "Was it created while you were in that company? Or is it one of your own from somewhere else, such as a trial?",
      ],
      [null, "Do the filters of the call leave anything over?"],
    ],
    remedy: (
      <>Compare the company in {me} with the one in the app. If they differ, create the token again in the right one.</>
    ),
  },
  {
    symptom: "CORS error",
    checks: [
      [null, "Does the call come from a web page? Other sites' pages may not call the API."],
      [null, "Could a visitor of the page read the token? A public page cannot keep a secret."],
    ],
    remedy:
      "Call from your server, or from a browser extension that keeps the token in its own storage. The operator can allow single origins.",
  },
  {
    symptom: "429",
    checks: [["rate_limited", "More than 600 calls at once with one token, or 2,400 with all tokens of the company?"]],
    remedy: (
      <>
        Wait for the seconds in <code>Retry-After</code>, then go on more slowly.
      </>
    ),
  },
];

/** What goes wrong most often, what to check and what to do. */
export function TroubleTable() {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" className="w-20 sm:w-36">
            What you see
          </th>
          <th scope="col">What to check, and what to do</th>
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
