import { z } from "zod";
import { addressKey } from "#lib/format/domain";
import { derived, noun, optional, preset } from "#lib/nouns/noun";
import { externalId, owner, tagsField } from "#lib/nouns/shared";
import { email, id, line, longestText, phone, text } from "#lib/nouns/values";

const naming = ["first_name", "last_name", "email"];

export const contact = noun({
  name: "contact",
  description: "The people that your company knows.",
  fields: {
    name: derived(z.string().meta({ maxLength: 254 }), {
      label: "Name",
      description: "For display and sorting: the first and last name, or the email address if there is no name.",
    }),
    first_name: optional(line(100), { label: "First name" }),
    last_name: optional(line(100), { label: "Last name" }),
    email: optional(email, {
      label: "Email",
      description:
        "Stored as sent. Compared in lower case, with the domain as A-labels. Unique among your company's contacts.",
      unique: true,
      keyOf: addressKey,
      filters: ["eq", "in", "is_null"],
    }),
    phone: optional(phone, { label: "Phone" }),
    title: optional(line(150), { label: "Job title", description: "Their job title." }),
    account_id: optional(id("acc"), {
      label: "Account",
      description: "The account that they belong to.",
      references: "account",
      filters: ["eq", "in", "is_null"],
    }),
    description: optional(text(longestText), { label: "Description" }),
    tags: tagsField,
    external_id: externalId("them", "contacts"),
    owner_id: owner("them"),
    do_not_contact: preset(z.boolean(), false, {
      label: "Do not contact",
      description: "Whether they asked not to be contacted.",
      filters: ["eq"],
    }),
  },
  sorts: ["name"],
  search: "names, email address, phone, and, with `accounts:read`, the account's name",
  rule: {
    holds: ({ first_name, last_name, email }) => Boolean(first_name || last_name || email),
    field: "first_name",
    code: "required",
    detail: "A contact needs a first name, a last name, or an email address.",
    jsonSchema: {
      anyOf: naming.map((name) => ({
        required: [name],
        properties: { [name]: { not: { type: "null" }, pattern: "\\S" } },
      })),
    },
  },
  documentation: {
    create: "Creates a contact. A first name, a last name, or an email address is required.",
    remove: "Deletes the contact permanently.",
    example: {
      name: "Ana Ruiz",
      first_name: "Ana",
      last_name: "Ruiz",
      email: "ana.ruiz@northwind.example.com",
      phone: "+1 555 0101",
      title: "Head of Purchasing",
      account_id: null,
      description: null,
      tags: ["newsletter"],
      external_id: null,
      owner_id: "",
      do_not_contact: false,
    },
    query: { "filter[email]": "ana.ruiz@northwind.example.com" },
    change: { phone: "+1 555 0102", do_not_contact: true },
  },
});
