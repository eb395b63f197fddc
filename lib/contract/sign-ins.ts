import { z } from "zod";
import { endpoint } from "#lib/contract/endpoint";
import { listParameters, page } from "#lib/contract/list";
import { example, id, instant } from "#lib/nouns/values";
import { signInDays, signInKinds } from "#lib/vocabulary";

export const signIn = z.object({
  id: id("sgn"),
  kind: z.enum(signInKinds).meta({
    description:
      "What happened. `others_signed_out`: every other session was ended. `recovery_requested`: a link for a new password was asked for; `password_reset`: it was used.",
  }),
  created_at: instant,
  network: z
    .string()
    .nullable()
    .meta({ description: "Where it came from, as a /24 or /48; null if not known.", maxLength: 50 }),
  device: z
    .string()
    .nullable()
    .meta({ description: "The browser and system, or the program's own name; null if not known.", maxLength: 100 }),
  this_session: z.boolean().meta({ description: "Whether it happened in the session that sends this request." }),
});

export const signInList = {
  sorts: ["created_at"],
  filters: { kind: { schema: z.enum(signInKinds), operators: ["eq", "in"] } },
} as const;

export const listSignIns = endpoint({
  tag: "You",
  operation: "listSignIns",
  method: "GET",
  path: "/me/sign-ins",
  summary: "List your sign-in activity",
  description: `Sign-ins, failed ones too, sign-outs and password changes of the last ${signInDays} days, newest first. They are yours, not a company's. A program that signs in at Supabase Auth itself is not listed. Of the failed ones, at most one an hour is kept for each network.`,
  auth: "session",
  company: "none",
  permission: null,
  list: signInList,
  query: listParameters(signInList, Object.keys(signIn.shape)),
  status: 200,
  output: page(signIn),
  example: {
    query: { limit: "25" },
    answer: {
      data: [
        {
          id: example("sgn"),
          kind: "signed_in",
          created_at: "2026-11-02T09:00:00.000Z",
          network: "203.0.113.0",
          device: "Chrome on Windows",
          this_session: true,
        },
      ],
      pagination: { limit: 25, has_more: false, next_cursor: null },
    },
  },
});
