import { expect, test } from "vitest";
import { demoAccounts, demoCompanies, demoContacts, demoPeople } from "./demo-data.ts";

test.each(demoCompanies)(
  "$slug has 20 accounts and 200 contacts, with unique domains and email addresses",
  ({ slug }) => {
    const [accounts, contacts] = [demoAccounts(slug), demoContacts(slug)];
    expect(new Set(accounts.map(({ domain }) => domain)).size).toBe(20);
    expect(contacts.length).toBe(200);
    const emails = contacts.flatMap(({ email }) => email ?? []);
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails.every((email) => /^[a-z]+\.[a-z]+@([a-z]+\.)?example\.com$/.test(email))).toBe(true);
  },
);

test("the companies share some accounts and contacts", () => {
  const names = (list: { name: string }[]) => list.map(({ name }) => name);
  expect(names(demoAccounts("acme")).filter((name) => names(demoAccounts("globex")).includes(name)).length).toBe(4);
  const emails = demoContacts("acme").map(({ first_name, last_name }) => `${first_name} ${last_name}`);
  const others = demoContacts("globex").map(({ first_name, last_name }) => `${first_name} ${last_name}`);
  expect(emails.filter((name) => others.includes(name)).length).toBe(20);
});

test("one person belongs to both companies, as a user in one and an admin in the other", () => {
  const both = demoPeople.find(({ email }) => email === "both@example.com");
  expect(both?.memberships.map(({ company, role }) => `${role} in ${company}`)).toEqual([
    "user in acme",
    "admin in globex",
  ]);
});
