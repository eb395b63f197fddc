import { z } from "zod";
import { derived, noun, optional, preset, required } from "#lib/nouns/noun";
import { externalId, owner, tagsField } from "#lib/nouns/shared";
import { domainName, line, longestText, phone, text, webAddress } from "#lib/nouns/values";
import { accountLimits, accountTypes } from "#lib/vocabulary";

export const account = noun({
  name: "account",
  description: "The companies that you sell to.",
  fields: {
    name: required(line(200), { label: "Name", description: "The company's name." }),
    domain: optional(domainName, {
      label: "Domain",
      description:
        "Stored in lower case as A-labels, without `www.`. Unique among your company's accounts. If you send a URL, its host is stored.",
      unique: true,
      filters: ["eq", "in", "is_null"],
    }),
    website: optional(webAddress, { label: "Website" }),
    phone: optional(phone, { label: "Phone" }),
    industry: optional(line(100), { label: "Industry" }),
    type: preset(z.enum(accountTypes), "prospect", { label: "Type", filters: ["eq", "ne", "in"] }),
    description: optional(text(longestText), { label: "Description" }),
    tags: tagsField,
    external_id: externalId("it", "accounts"),
    owner_id: owner("it"),
    contact_count: derived(z.int().min(0), {
      label: "Contacts",
      description:
        "The number of contacts that belong to it, counted on each read. Changes to it don't change the version.",
    }),
  },
  sorts: ["name"],
  search: "name and domain",
  documentation: {
    create: "Creates an account. Only the name is required.",
    remove: `Deletes the account permanently. Its contacts are kept, without an account. An account with more than ${accountLimits.contactsAtDeletion.toLocaleString("en-US")} contacts can't be deleted. Delete its contacts or move them to another account first.`,
    example: {
      name: "Northwind Trading",
      domain: "northwind.example.com",
      website: "https://northwind.example.com",
      phone: "+1 555 0100",
      industry: "Wholesale",
      type: "customer",
      description: null,
      tags: ["wholesale"],
      external_id: "erp-1001",
      owner_id: "",
      contact_count: 0,
    },
    query: { "filter[type]": "customer" },
    change: { industry: "Import and export", website: null },
  },
});
