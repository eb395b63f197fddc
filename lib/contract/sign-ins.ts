import { z } from "zod";
import { endpoint } from "#lib/contract/endpoint";
import { listParameters, pageSchema } from "#lib/contract/list";
import { example, id, instant } from "#lib/nouns/values";
import { signInDays, signInKinds } from "#lib/vocabulary";

export const signIn = z.object({
  id: id("sgn"),
  kind: z.enum(signInKinds).meta({
    description:
      "What happened. `others_signed_out`: all other sessions were ended. `recovery_requested`: a link to set a new password was requested. `password_reset`: that link was used.",
  }),
  created_at: instant,
  network: z.string().nullable().meta({
    description: "The network it came from, as a /24 (IPv4) or /48 (IPv6); `null` if unknown.",
    maxLength: 50,
  }),
  device: z.string().nullable().meta({
    description: "The browser and operating system, or the name of the program; `null` if unknown.",
    maxLength: 100,
  }),
  this_session: z.boolean().meta({ description: "Whether it happened in the session that makes this request." }),
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
  description: `Returns your sign-ins (including failed ones), sign-outs, and password changes of the last ${signInDays} days, newest first, across all your companies. Programs that sign in directly with Supabase Auth aren't listed. At most one failed sign-in per hour is kept for each network.`,
  auth: "session",
  company: "none",
  permission: null,
  list: signInList,
  query: listParameters(signInList, Object.keys(signIn.shape)),
  status: 200,
  output: pageSchema(signIn),
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
