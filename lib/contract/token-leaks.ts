import { z } from "zod";
import { endpoint } from "#lib/contract/endpoint";
import { line } from "#lib/nouns/values";

/** The most strings in one report, and the longest of them. A token has 66 characters. */
const most = 1_000;
const longest = 200;

export const tokenLeaks = z.strictObject({
  tokens: z
    .array(z.string().max(longest))
    .min(1)
    .max(most)
    .meta({ description: "What was found. Strings that aren't RepDesk API tokens are ignored." }),
  source: line(200).optional().meta({
    description:
      "Where they were found, such as the URL of a file. It is kept in the audit log of the tokens' companies.",
  }),
});

export const tokenLeakReport = z.object({
  status: z.enum(["accepted"]).meta({ description: "Always `accepted`, whether or not any of the tokens worked." }),
});

export const reportTokenLeaks = endpoint({
  tag: "API tokens",
  operation: "reportTokenLeaks",
  method: "POST",
  path: "/token-leaks",
  summary: "Report leaked tokens",
  description:
    "Revokes API tokens that were found where others can read them, for people and programs that scan for secrets. The answer is always the same, and doesn't tell which of the strings are tokens that work. Those that do are revoked within seconds, with the reason `leaked`. This can't be undone. A network can send 10 reports a minute. An `Idempotency-Key` is ignored, since a token that is reported again stays revoked.",
  auth: "none",
  company: "none",
  permission: null,
  quota: "leak_report",
  takesTokens: true,
  body: tokenLeaks,
  status: 202,
  output: tokenLeakReport,
  errors: ["unavailable"],
  example: {
    body: { tokens: ["rdk_7Fh2kQ9xLmAb_…"], source: "https://git.example.com/acme/tools/blob/main/sync.env" },
    answer: { status: "accepted" },
  },
});
