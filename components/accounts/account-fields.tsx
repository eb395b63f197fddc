"use client";

import { accountTypeOptions } from "#components/accounts/account-type";
import { MemberPicker } from "#components/members/member-picker";
import type { Editors, FormValues, RecordForm } from "#components/records/record-kind";
import { TagsField } from "#components/records/tags-field";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import { Textarea } from "#components/ui/textarea";
import type { account } from "#lib/nouns/account";

type AccountValues = FormValues<typeof account.fields>;

/** For values that aren't words, such as a domain: turns off corrections by the keyboard and the browser. */
const code = { autoCapitalize: "none", autoComplete: "off", spellCheck: false } as const;

export const accountEditors: Editors<AccountValues> = {
  name: (form, look) => <TextField autoComplete="off" {...look} {...form.text("name")} />,
  type: (form, look) => <Select options={accountTypeOptions} {...look} {...form.control("type")} />,
  industry: (form, look) => <TextField autoComplete="off" {...look} {...form.text("industry")} />,
  domain: (form, look) => (
    <TextField help="Such as northwind.example.com" inputMode="url" {...code} {...look} {...form.text("domain")} />
  ),
  website: (form, look) => <TextField inputMode="url" {...code} {...look} {...form.text("website")} />,
  phone: (form, look) => <TextField type="tel" autoComplete="off" {...look} {...form.text("phone")} />,
  external_id: (form, look) => (
    <TextField help="Its key in your other system" {...code} {...look} {...form.text("external_id")} />
  ),
  owner_id: (form, look) => <MemberPicker required {...look} {...form.control("owner_id")} />,
  tags: (form, look) => <TagsField help="Press Enter after each one." {...look} {...form.control("tags")} />,
  description: (form, look) => <Textarea {...look} {...form.text("description")} />,
};

export function AccountFields({ form }: { form: RecordForm<AccountValues> }) {
  const optional = { optional: true };
  const whole = { className: "sm:col-span-2" };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {accountEditors.name(form)}
      {accountEditors.type(form)}
      {accountEditors.industry(form, optional)}
      {accountEditors.owner_id(form)}
      {accountEditors.domain(form, optional)}
      {accountEditors.website(form, optional)}
      {accountEditors.phone(form, optional)}
      {accountEditors.external_id(form, optional)}
      {accountEditors.tags(form, { ...optional, ...whole })}
      {accountEditors.description(form, { ...optional, ...whole })}
    </div>
  );
}
