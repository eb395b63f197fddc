"use client";

import { AccountPicker } from "#components/accounts/account-picker";
import type { ContactValues } from "#components/contacts/contact-kind";
import type { RecordForm } from "#components/records/record-form";
import { TagsField } from "#components/records/tags-field";
import { Checkbox } from "#components/ui/checkbox";
import { TextField } from "#components/ui/text-field";
import { Textarea } from "#components/ui/textarea";

export function ContactFields({ form }: { form: RecordForm<ContactValues> }) {
  const { value: doNotContact, ...ban } = form.control("do_not_contact");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <p className="text-help text-muted sm:col-span-2">A first name, a last name or an e-mail address is enough.</p>
      <TextField label="First name" autoComplete="off" {...form.text("first_name")} />
      <TextField label="Last name" autoComplete="off" {...form.text("last_name")} />
      <TextField
        label="E-mail"
        type="email"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        {...form.text("email")}
      />
      <TextField label="Phone" optional type="tel" autoComplete="off" {...form.text("phone")} />
      <TextField label="Job title" optional autoComplete="off" {...form.text("title")} />
      <AccountPicker label="Account" optional {...form.control("account_id")} />
      <TagsField
        label="Tags"
        optional
        help="Press Enter after each one."
        className="sm:col-span-2"
        {...form.control("tags")}
      />
      <Textarea label="Description" optional className="sm:col-span-2" {...form.text("description")} />
      <TextField
        label="External id"
        optional
        help="Its key in another system of yours"
        autoComplete="off"
        spellCheck={false}
        {...form.text("external_id")}
      />
      <Checkbox
        label="Do not contact"
        help="Shown as a warning wherever this contact stands."
        className="self-start sm:pt-6"
        checked={doNotContact}
        {...ban}
      />
    </div>
  );
}
