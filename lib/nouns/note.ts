import { z } from "zod";
import { noun, optional, preset, required } from "#lib/nouns/noun";
import { id, instant, text } from "#lib/nouns/values";
import { noteKinds, noteLimits } from "#lib/vocabulary";

export const note = noun({
  name: "note",
  description: "What was said and done: notes, calls, emails, and meetings, each about one account or contact.",
  fields: {
    body: required(text(noteLimits.bodyLength), { label: "Note", description: "The text, in Markdown." }),
    kind: preset(z.enum(noteKinds), "note", { label: "Kind", description: "What it records.", filters: ["eq", "in"] }),
    occurred_at: preset(instant, undefined, {
      label: "Date",
      description: "When it happened.",
      presetIs: "now",
      filters: ["gt", "gte", "lt", "lte"],
    }),
    account_id: optional(id("acc"), {
      label: "Account",
      description: "The account that it is about. Give either this or `contact_id`.",
      references: "account",
      filters: ["eq", "in", "is_null"],
    }),
    contact_id: optional(id("con"), {
      label: "Contact",
      description: "The contact that it is about. Give either this or `account_id`.",
      references: "contact",
      filters: ["eq", "in", "is_null"],
    }),
  },
  sorts: ["occurred_at"],
  rule: {
    holds: ({ account_id, contact_id }) => Boolean(account_id) !== Boolean(contact_id),
    field: "account_id",
    code: "required",
    detail: "A note is about one record. Give either account_id or contact_id.",
    jsonSchema: {
      oneOf: ["account_id", "contact_id"].map((name) => ({
        required: [name],
        properties: { [name]: { not: { type: "null" }, pattern: "\\S" } },
      })),
    },
  },
  documentation: {
    create: "Creates a note about an account or a contact. The caller is its author.",
    update: "Only its author and admins can change a note.",
    remove:
      "Deletes the note permanently. Only its author and admins can delete a note. Deleting an account or a contact deletes its notes.",
    example: {
      body: "Asked for a quote for **40 seats**. Call back on Thursday.",
      kind: "call",
      occurred_at: "2026-11-02T09:15:00.000Z",
      account_id: "",
      contact_id: null,
    },
    query: { "filter[kind]": "call" },
    change: { body: "Asked for a quote for **50 seats**. Call back on Thursday." },
  },
});
