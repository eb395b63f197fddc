"use client";

import type { AccountValues } from "#components/accounts/account-kind";
import { accountTypeOptions } from "#components/accounts/account-type";
import type { RecordForm } from "#components/records/record-form";
import { TagsField } from "#components/records/tags-field";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import { Textarea } from "#components/ui/textarea";

export function AccountFields({ form }: { form: RecordForm<AccountValues> }) {
  /** People type no https://. */
  function completeWebsite() {
    const typed = form.values.website.trim();
    if (/^[\w-]+(\.[\w-]+)+([/?#:]|$)/.test(typed)) form.set("website", `https://${typed}`);
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField label="Name" className="sm:col-span-2" autoComplete="off" {...form.text("name")} />
      <Select label="Type" options={accountTypeOptions} {...form.control("type")} />
      <TextField label="Industry" optional autoComplete="off" {...form.text("industry")} />
      <TextField
        label="Domain"
        optional
        help="Such as northwind.example.com"
        inputMode="url"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        {...form.text("domain")}
      />
      <TextField
        label="Website"
        optional
        inputMode="url"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        onBlur={completeWebsite}
        {...form.text("website")}
      />
      <TextField label="Phone" optional type="tel" autoComplete="off" {...form.text("phone")} />
      <TextField
        label="External id"
        optional
        help="Its key in another system of yours"
        autoComplete="off"
        spellCheck={false}
        {...form.text("external_id")}
      />
      <TagsField
        label="Tags"
        optional
        help="Press Enter after each one."
        className="sm:col-span-2"
        {...form.control("tags")}
      />
      <Textarea label="Description" optional className="sm:col-span-2" {...form.text("description")} />
    </div>
  );
}
