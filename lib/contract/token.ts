import { z } from "zod";
import { company } from "#lib/contract/companies";
import { member } from "#lib/contract/members";
import { readNetwork } from "#lib/format/network";
import { bounded, distinct, example, fault, id, instant, line, version } from "#lib/nouns/values";
import { rotationLimits, scopes, tokenLimits, tokenStatuses } from "#lib/vocabulary";

/** A rotation that is in progress. */
const rotation = z.object({
  started_at: instant.meta({ description: "When the new secret was created." }),
  overlap_hours: z
    .int()
    .meta({ description: "How many hours the old secret works after the first use of the new one." }),
  new_secret_used_at: instant
    .nullable()
    .meta({ description: "When the new secret was first used; `null` if it wasn't yet." }),
  lapses_at: instant.nullable().meta({
    description: "When the new secret lapses if it isn't used; `null` once it was used.",
  }),
  old_secret_ends_at: instant.nullable().meta({
    description: "When the old secret stops working; `null` while the new one wasn't used.",
  }),
  old_secret_last_used_at: instant
    .nullable()
    .meta({ description: "When the old secret was last used; `null` if never." }),
  old_secret_last_used_from: z.string().nullable().meta({ description: "The network that it was last used from." }),
});

export const token = z.object({
  id: id("tok"),
  name: z.string().meta({ description: "What the token is for.", maxLength: tokenLimits.nameLength }),
  prefix: z.string().meta({ description: "The public part of the token. It grants no access.", maxLength: 16 }),
  scopes: z.array(z.enum(scopes)).meta({ description: "The scopes that the token was given." }),
  status: z.enum(tokenStatuses).meta({ description: "Whether the token works, and if not, why." }),
  member: member.meta({ description: "The member who owns the token." }),
  created_at: instant,
  expires_at: instant.nullable().meta({ description: "When it stops working; `null` if it never expires." }),
  allowed_addresses: z.array(z.string().meta({ maxLength: 50 })).meta({
    description:
      "The networks that it can be used from, in CIDR notation. If there are none, it can be used from anywhere.",
  }),
  last_used_at: instant.nullable().meta({ description: "When it was last used; `null` if never." }),
  last_used_from: z
    .string()
    .nullable()
    .meta({ description: "The network it was last used from, as a /24 (IPv4) or /48 (IPv6)." }),
  last_used_by: z
    .string()
    .nullable()
    .meta({ description: "The name of the last client that used it, such as `curl`." }),
  rotation: rotation.nullable().meta({ description: "The rotation that is in progress; `null` if none is." }),
  old_secret_used_at: instant.nullable().meta({
    description: "When a secret that had already ended was last sent: something still uses it. `null` if never.",
  }),
  old_secret_used_from: z.string().nullable().meta({ description: "The network that it was sent from." }),
  suspended_at: instant.nullable().meta({ description: "When it was suspended; `null` if it isn't." }),
  suspended_by: member.nullable().meta({ description: "The member who suspended it." }),
  suspended_reason: z.string().nullable().meta({ description: "Why it was suspended, if a reason was given." }),
  revoked_at: instant.nullable().meta({ description: "When it was revoked; `null` if it wasn't." }),
  revoked_by: member.nullable().meta({ description: "The member who revoked it." }),
  revoked_reason: z.string().nullable().meta({ description: "Why it was revoked, if a reason was given." }),
  exposed_at: instant.nullable().meta({
    description:
      "When a request contained it in its URL or body, where others may have seen it; `null` if never. Rotate it.",
  }),
  version,
});

/** The response to creating or rotating a token: the only one that contains the secret. */
export const tokenMade = token.extend({
  token: z
    .string()
    .nullable()
    .meta({ description: "The secret. It is returned only once; `null` in an idempotent replay.", maxLength: 66 }),
  notice: z.string().nullable().meta({ description: "In a replay: what to do without the secret. `null` otherwise." }),
});

/** The token that makes the request. */
export const tokenSelf = token.extend({
  company: company
    .pick({ id: true, slug: true, name: true })
    .meta({ description: "The company that the token belongs to." }),
  effective_scopes: z
    .array(z.enum(scopes))
    .meta({ description: "The scopes that the member's current role still allows, and the scopes that they include." }),
});

const grantedScopes = distinct(z.enum(scopes), 50).min(1);

/** Addresses and networks, each in one form. */
const networks = z
  .array(
    bounded(50)
      .meta({ maxLength: 50 })
      .transform((text, context) => {
        const read = readNetwork(text.trim());
        if ("network" in read) return read.network;
        context.addIssue(fault("invalid_format", read.fault));
        return z.NEVER;
      }),
  )
  .max(tokenLimits.addresses)
  .transform((all) => [...new Set(all)])
  .meta({
    description:
      "The IPv4 and IPv6 addresses and networks (CIDR) that the token can be used from. An empty list allows all.",
  });

export const tokenInput = z.strictObject({
  name: line(tokenLimits.nameLength).meta({ description: "What the token is for, such as “Nightly sync”." }),
  scopes: grantedScopes.meta({ description: "What the token may do. Your role must have each of these scopes." }),
  expires_in_days: z
    .int()
    .min(1)
    .max(tokenLimits.maxDays)
    .nullable()
    .optional()
    .meta({
      description: `Days until the token expires. Admins can send \`null\` for a token that never expires. Default: ${tokenLimits.defaultDays}.`,
    }),
  allowed_addresses: networks.optional(),
});

export const tokenPatch = z.strictObject({
  name: line(tokenLimits.nameLength).meta({ description: "What the token is for." }).optional(),
  scopes: grantedScopes
    .meta({ description: "What the token may do. Only its owner can add scopes, and only ones that their role has." })
    .optional(),
  expires_at: instant
    .nullable()
    .meta({
      description: `When the token expires: a future time within ${tokenLimits.maxDays} days. Admins can send \`null\` for a token that never expires.`,
    })
    .optional(),
  allowed_addresses: networks.optional(),
});

export const rotationInput = z.strictObject({
  overlap_hours: z
    .int()
    .min(0)
    .max(rotationLimits.overlapHours)
    .meta({
      description: `How many hours the old secret works after the first use of the new one. Default: ${rotationLimits.defaultOverlapHours}, or 0 if the secret is exposed.`,
    })
    .optional(),
  reason: z
    .enum(["exposed"])
    .meta({ description: "`exposed` if others may know the secret: it stops working immediately." })
    .optional(),
});

export const suspensionInput = z.strictObject({
  reason: line(tokenLimits.reasonLength)
    .meta({ description: "Why. Requests with the token get it in the error." })
    .optional(),
});

/** For examples. */
export const exampleToken = {
  id: example("tok"),
  name: "Nightly sync",
  prefix: "rdk_7Fh2kQ9xLmAb",
  scopes: ["contacts:read"],
  status: "active",
  member: { id: example("mem"), name: "Ana Ruiz" },
  created_at: "2026-11-02T09:30:00.000Z",
  expires_at: "2027-01-31T09:30:00.000Z",
  allowed_addresses: [],
  last_used_at: null,
  last_used_from: null,
  last_used_by: null,
  rotation: null,
  old_secret_used_at: null,
  old_secret_used_from: null,
  suspended_at: null,
  suspended_by: null,
  suspended_reason: null,
  revoked_at: null,
  revoked_by: null,
  revoked_reason: null,
  exposed_at: null,
  version: 1,
};
