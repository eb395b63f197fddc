import { z } from "zod";
import { byId, endpoint } from "#lib/contract/endpoint";
import { exampleToken, rotationInput, suspensionInput, token, tokenMade } from "#lib/contract/token";
import { example, id } from "#lib/nouns/values";
import { rotationLimits, tokenLimits } from "#lib/vocabulary";

/** What happens to a token between its creation and its end. */

const own = { tag: "API tokens", auth: "token", company: "required" } as const;
const managed = { tag: "API tokens", auth: "session", company: "required", permission: "tokens:own" } as const;
const params = byId(id("tok"));
const example_id = { id: example("tok") };

const once = {
  token: null,
  notice:
    "The new secret was returned when the token was rotated and can't be shown again. If you didn't receive it, cancel the rotation and start another.",
};

const started = {
  ...exampleToken,
  rotation: {
    started_at: "2026-11-20T09:30:00.000Z",
    overlap_hours: 24,
    new_secret_used_at: null,
    lapses_at: "2026-12-20T09:30:00.000Z",
    old_secret_ends_at: null,
    old_secret_last_used_at: "2026-11-20T09:29:12.000Z",
    old_secret_last_used_from: "203.0.113.0",
  },
  version: 2,
};
const rotated = { ...started, token: "rdk_7Fh2kQ9xLmAb_…", notice: null };

const overlap = `Both secrets work until \`overlap_hours\` after the new one's first use, which also renews the expiration by the token's original lifetime. A new secret that isn't used within ${rotationLimits.lapseDays} days lapses, and the old one stays.`;

export const rotateToken = endpoint({
  ...managed,
  operation: "rotateToken",
  method: "POST",
  path: "/auth/tokens/{id}/rotation",
  summary: "Rotate a token",
  description: `Creates a new secret for one of your tokens, which keeps its ID, name, scopes, and history. Admins can rotate the token of any member. ${overlap} With \`reason: "exposed"\`, the old secret stops working immediately. The new secret is returned only in this response.`,
  params,
  body: rotationInput,
  status: 201,
  output: tokenMade,
  versioned: true,
  once,
  errors: ["rotation_in_progress", "token_ended"],
  example: { params: example_id, body: { overlap_hours: 24 }, answer: rotated },
});

export const endRotation = endpoint({
  ...managed,
  operation: "endRotation",
  method: "DELETE",
  path: "/auth/tokens/{id}/rotation",
  summary: "End a rotation",
  description:
    "Ends the rotation of a token immediately. `keep=new` ends the old secret, and `keep=old` cancels the rotation. If no rotation is in progress, it changes nothing.",
  params,
  query: z.strictObject({ keep: z.enum(["new", "old"]).meta({ description: "Which secret keeps working." }) }),
  status: 204,
  versioned: true,
  example: { params: example_id, query: { keep: "new" } },
});

export const rotateOwnToken = endpoint({
  ...own,
  permission: "tokens:rotate",
  operation: "rotateOwnToken",
  method: "POST",
  path: "/auth/token/rotation",
  summary: "Rotate the calling token",
  description: `Creates a new secret for the token that makes the request, as a secret manager does. ${overlap} A token can't renew itself beyond ${tokenLimits.maxDays} days after a person last created, rotated, or changed it.`,
  body: rotationInput.pick({ overlap_hours: true }),
  status: 201,
  output: tokenMade,
  versioned: true,
  once,
  errors: ["rotation_in_progress"],
  example: { body: { overlap_hours: 24 }, answer: rotated },
});

export const suspendToken = endpoint({
  ...managed,
  operation: "suspendToken",
  method: "POST",
  path: "/auth/tokens/{id}/suspension",
  summary: "Suspend a token",
  description:
    "Suspends one of your tokens: its requests fail with `token_suspended` until it is resumed. Admins can suspend the token of any member. Suspending a suspended token changes only the reason.",
  params,
  body: suspensionInput,
  status: 201,
  output: token,
  versioned: true,
  errors: ["token_ended"],
  example: {
    params: example_id,
    body: { reason: "The sync created duplicates." },
    answer: {
      ...exampleToken,
      status: "suspended",
      suspended_at: "2026-11-20T09:30:00.000Z",
      suspended_by: exampleToken.member,
      suspended_reason: "The sync created duplicates.",
      version: 2,
    },
  },
});

export const resumeToken = endpoint({
  ...managed,
  operation: "resumeToken",
  method: "DELETE",
  path: "/auth/tokens/{id}/suspension",
  summary: "Resume a token",
  description:
    "Lets a suspended token work again. If someone else suspended it, only an admin can do that. Resuming a token that isn't suspended changes nothing.",
  params,
  status: 204,
  versioned: true,
  errors: ["forbidden_role"],
  example: { params: example_id },
});

export const restoreToken = endpoint({
  ...managed,
  operation: "restoreToken",
  method: "DELETE",
  path: "/auth/tokens/{id}/revocation",
  summary: "Undo a revocation",
  description: `Lets a revoked token work again, within ${tokenLimits.restorableMinutes} minutes. Only the member who revoked it can do that, and not if the token was reported as leaked. Undoing the revocation of a token that isn't revoked changes nothing.`,
  params,
  status: 204,
  versioned: true,
  errors: ["token_ended", "limit_reached"],
  example: { params: example_id },
});
