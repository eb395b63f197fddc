/** Demo data: two fictional companies with the records of a sales team. It is the same after every reset. */
import type { AccountType, NoteKind, Role } from "#lib/vocabulary";
import { firms, givenNames, jobs, surnames } from "./demo-words.ts";

export const demoPassword = "repdesk-demo";

export const demoCompanies = [
  { slug: "acme", name: "Acme" },
  { slug: "globex", name: "Globex" },
] as const;

export type DemoCompany = (typeof demoCompanies)[number]["slug"];

export type DemoPerson = { name: string; email: string; memberships: { company: DemoCompany; role: Role }[] };

export const demoPeople: DemoPerson[] = [
  { name: "Ada Admin", email: "admin@acme.example.com", memberships: [{ company: "acme", role: "admin" }] },
  { name: "Manu Manager", email: "manager@acme.example.com", memberships: [{ company: "acme", role: "manager" }] },
  { name: "Uma User", email: "user@acme.example.com", memberships: [{ company: "acme", role: "user" }] },
  { name: "Gus Admin", email: "admin@globex.example.com", memberships: [{ company: "globex", role: "admin" }] },
  {
    name: "Bo Both",
    email: "both@example.com",
    memberships: [
      { company: "acme", role: "user" },
      { company: "globex", role: "admin" },
    ],
  },
];

export type DemoAccount = {
  name: string;
  domain: string;
  website: string;
  phone: string;
  industry: string;
  type: AccountType;
  description: string;
  tags: string[];
};

export type DemoContact = {
  first_name: string;
  last_name: string;
  email: string | null;
  phone: string | null;
  title: string;
  tags: string[];
  description: string | null;
  do_not_contact: boolean;
  /** The index of the contact's account among the company's accounts, or null. */
  account: number | null;
};

const accountsEach = 20;
const contactsEach = 200;
/** How many accounts and contacts of the first company the second one has too. */
const sharedAccounts = 4;
const sharedContacts = 20;

const types = ["customer", "prospect", "prospect", "customer", "partner", "prospect", "vendor", "customer"] as const;
const accountTags = [["key account"], [], ["renewal in spring"], ["newsletter"], [], ["trade fair", "warm"]];
const contactTags = [[], ["decision maker"], [], ["newsletter"], ["technical"], [], ["champion", "newsletter"]];
const descriptions = [
  "Prefers to be called in the morning.",
  null,
  null,
  "Met at the spring trade fair.",
  null,
  "Asks for prices in writing.",
  null,
];

/** The accounts of a company. */
export function demoAccounts(company: DemoCompany): DemoAccount[] {
  const first = company === "acme" ? 0 : accountsEach - sharedAccounts;
  return firms.slice(first, first + accountsEach).map(([name, industry, does], index) => {
    const domain = domainOf(name);
    return {
      ...{ name, domain, industry, type: pick(types, index), description: does, tags: pick(accountTags, index) },
      website: `https://${domain}`,
      phone: phone(first + index),
    };
  });
}

/** The contacts of a company, most of them at its accounts. */
export function demoContacts(company: DemoCompany): DemoContact[] {
  const first = company === "acme" ? 0 : contactsEach - sharedContacts;
  const accounts = demoAccounts(company);
  return Array.from({ length: contactsEach }, (_, index) => {
    const [first_name, last_name] = nameOf(first + index);
    // The first accounts have the most contacts. Every twelfth contact has no account.
    const account =
      index % 12 === 11 ? null : Math.floor(accountsEach * (((index * 37) % contactsEach) / contactsEach) ** 1.4);
    const at = account === null ? "example.com" : (accounts[account]?.domain ?? "example.com");
    return {
      ...{ first_name, last_name, account, title: pick(jobs, index * 5 + Math.floor(index / 16)) },
      email: index % 17 === 16 ? null : `${plain(first_name)}.${plain(last_name)}@${at}`,
      phone: index % 5 === 4 ? null : phone(first + index + 40),
      tags: pick(contactTags, index),
      description: pick(descriptions, index),
      do_not_contact: index % 25 === 24,
    };
  });
}

/** Returns up to 400 different names. First and last name are in the same language, and languages alternate. */
function nameOf(index: number): [string, string] {
  const language = index % givenNames.length;
  const turn = Math.floor(index / givenNames.length);
  return [pick(pick(givenNames, language), turn), pick(pick(surnames, language), turn + Math.floor(turn / 5))];
}

function domainOf(name: string): string {
  const words = name.replaceAll("&", " ").split(/\s+/).filter(Boolean);
  return `${words.slice(0, 2).map(plain).join("")}.example.com`;
}

/** Unassigned phone numbers, from the ranges reserved for fiction in North America and London. */
function phone(index: number): string {
  const last = String((index * 7) % 100).padStart(2, "0");
  const area = pick(["212", "415", "303", "617", "512", "206"], index);
  return index % 4 === 3 ? `+44 20 7946 0${String((index * 13) % 1000).padStart(3, "0")}` : `+1 ${area} 555 01${last}`;
}

/** A word as part of an email address: lower case, without accents. */
function plain(word: string): string {
  const special: Record<string, string> = { ß: "ss", ø: "o", ł: "l", ı: "i", đ: "d" };
  const letters = word.toLowerCase().replaceAll(/[ßøłıđ]/g, (letter) => special[letter] ?? letter);
  return letters.normalize("NFD").replaceAll(/[^a-z]/g, "");
}

function pick<Item>(items: readonly Item[], index: number): Item {
  return items[index % items.length] as Item;
}

export type DemoNote = { kind: NoteKind; body: string };

const noteTexts: readonly DemoNote[] = [
  { kind: "call", body: "Asked for a quote for **40 seats**. Call back on Thursday." },
  {
    kind: "meeting",
    body: "Demo with the whole team.\n\n- Likes the API\n- Wants SSO before the rollout\n- Decision by the end of the quarter",
  },
  { kind: "email", body: "Sent the price list and the security questionnaire." },
  { kind: "note", body: "Budget is approved. Legal still has questions about the data processing agreement." },
  { kind: "call", body: "No answer. Left a message." },
];

/** The notes about a record, newest first. Every record has some, and the first ones have more. */
export function demoNotes(index: number): DemoNote[] {
  return noteTexts.slice(0, index < 5 ? 3 : 1).map((_, turn) => pick(noteTexts, index + turn));
}
