"use client";

import { AccountPicker } from "#components/accounts/account-picker";
import { MemberPicker } from "#components/members/member-picker";
import type { Editors, FormValues, RecordForm } from "#components/records/record-kind";
import { TagsField } from "#components/records/tags-field";
import { Checkbox } from "#components/ui/checkbox";
import { TextField } from "#components/ui/text-field";
import { Textarea } from "#components/ui/textarea";
import type { contact } from "#lib/nouns/contact";

type ContactValues = FormValues<typeof contact.fields>;

/** For values that aren't words, such as an email address: turns off corrections by the keyboard and the browser. */
const code = { autoCapitalize: "none", autoComplete: "off", spellCheck: false } as const;

export const contactEditors: Editors<ContactValues> = {
  first_name: (form, look) => <TextField autoComplete="off" {...look} {...form.text("first_name")} />,
  last_name: (form, look) => <TextField autoComplete="off" {...look} {...form.text("last_name")} />,
  email: (form, look) => <TextField type="email" {...code} {...look} {...form.text("email")} />,
  phone: (form, look) => <TextField type="tel" autoComplete="off" {...look} {...form.text("phone")} />,
  title: (form, look) => <TextField autoComplete="off" {...look} {...form.text("title")} />,
  account_id: (form, look) => <AccountPicker {...look} {...form.control("account_id")} />,
  owner_id: (form, look) => <MemberPicker required {...look} {...form.control("owner_id")} />,
  tags: (form, look) => <TagsField help="Press Enter after each one." {...look} {...form.control("tags")} />,
  description: (form, look) => <Textarea {...look} {...form.text("description")} />,
  external_id: (form, look) => (
    <TextField help="Their key in your other system" {...code} {...look} {...form.text("external_id")} />
  ),
  do_not_contact: (form, look) => {
    const { value, ...control } = form.control("do_not_contact");
    return (
      <Checkbox
        help="Shown as a warning everywhere this contact appears."
        className={look?.className}
        checked={value}
        {...control}
      />
    );
  },
};

export function ContactFields({ form }: { form: RecordForm<ContactValues> }) {
  const optional = { optional: true };
  const whole = { optional: true, className: "sm:col-span-2" };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <p className="text-help text-muted sm:col-span-2">A first name, a last name, or an email address is enough.</p>
      {contactEditors.first_name(form)}
      {contactEditors.last_name(form)}
      {contactEditors.email(form)}
      {contactEditors.phone(form, optional)}
      {contactEditors.title(form, optional)}
      {contactEditors.account_id(form, optional)}
      {contactEditors.owner_id(form)}
      {contactEditors.external_id(form, optional)}
      {contactEditors.tags(form, whole)}
      {contactEditors.description(form, whole)}
      {contactEditors.do_not_contact(form, { className: "sm:col-span-2" })}
    </div>
  );
}
