import type { Page } from "playwright/test";
import { nouns } from "#lib/nouns/nouns";
import { type NounName, nounNames } from "#lib/vocabulary";
import { ask, dialog, type World } from "./support.ts";

type Own = {
  /** The field that names a record, and another text. */
  name: string;
  detail: string;
  /** What the empty list says, and what the form says without a name. */
  heading: string;
  missing: string;
  unique: { field: string; taken: string; duplicate: string; wrong: string; fault: RegExp };
  filter: { list: string; all: string; choice: string; query: string };
  /** Fields of a record that the filter shows, and that a record doesn't have by default. */
  chosen: object;
};

/** What differs between the nouns that have pages of their own. Notes are on the pages of others. */
const own: Record<Exclude<NounName, "note">, Own> = {
  account: {
    name: "name",
    detail: "industry",
    heading: "Keep track of the companies you sell to",
    missing: "Give the account a name, so you can find it again.",
    unique: {
      field: "domain",
      taken: "a.example.com",
      duplicate: "Another account has this domain.",
      wrong: "other",
      fault: /^Not a domain\. Use a domain such as/,
    },
    filter: { list: "Type", all: "All types", choice: "Customer", query: "type=customer" },
    chosen: { type: "customer" },
  },
  contact: {
    name: "first_name",
    detail: "title",
    heading: "Keep track of the people you sell to",
    missing: "Give a first name, a last name, or an email address.",
    unique: {
      field: "email",
      taken: "a@example.com",
      duplicate: "Another contact has this email address.",
      wrong: "ana",
      fault: /^Not an email address\. Use one such as ana@example\.com\.$/,
    },
    filter: { list: "Do not contact", all: "All contacts", choice: "Do not contact", query: "do_not_contact=true" },
    chosen: { do_not_contact: true },
  },
};

/** The nouns with pages, each with how its tests fill in and find what they need. */
export const kinds = nouns
  .flatMap(({ name: one, fields }) => (one === "note" ? [] : [{ one, fields }]))
  .map(({ one, fields }) => {
    const kind = own[one];
    const many = nounNames[one].plural;
    const labels: Record<string, { label: string }> = fields;
    const labelOf = (key: string) => labels[key]?.label ?? key;
    const createButton = (page: Page) => page.getByRole("button", { name: `Create ${one}`, exact: true });
    const field = (page: Page, key: string) => dialog(page).getByLabel(labelOf(key));
    return {
      ...kind,
      one,
      many,
      createButton,
      /** A field of the form. */
      field,
      labelOf,
      listOf: ({ company }: World) => `/${company.slug}/${many}`,
      have: async (world: World, name: string, more = {}): Promise<string> =>
        (await ask(world, "POST", `/${many}`, { [kind.name]: name, ...more })).id,
      /** Opens the form and gives the record a name. */
      async begin(page: Page, name: string): Promise<void> {
        await createButton(page).click();
        await field(page, kind.name).fill(name);
      },
    };
  });
