"use client";

import { useState } from "react";
import { suggestSlug } from "#components/auth/slug";
import { wordsFrom } from "#components/forms/faults";
import { ProblemBanner } from "#components/forms/problem";
import { useForm } from "#components/forms/use-form";
import { useApi, useDraft } from "#components/shell/api";
import { Button } from "#components/ui/button";
import { TextField } from "#components/ui/text-field";
import { companyInput, createCompany } from "#lib/contract/companies";

const words = wordsFrom({
  "name blank": "Enter the company's name.",
  "slug blank": "Choose a web address for the company.",
});
const taken = { faults: { slug: "This web address is taken. Choose another." } };

/** `host` is where RepDesk is reached; `next` where to go on to, or null for the company itself. */
export function NewCompanyForm({ host, next }: { host: string; next: string | null }) {
  const api = useApi();
  const [name, setName] = useState("");
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  const slug = ownSlug ?? suggestSlug(name);
  useDraft(
    "new-company",
    () => (name === "" ? null : { name, ownSlug }),
    (kept) => {
      setName(kept.name);
      setOwnSlug(kept.ownSlug);
    },
  );
  const form = useForm({
    schema: companyInput,
    words,
    leaves: true,
    submit: async (values, key) => {
      const made = await api.call(createCompany, values, { key });
      location.assign(next ?? `/${made.slug}/accounts`);
    },
    onReject: ({ code }) => (code === "duplicate" ? taken : undefined),
  });
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <ProblemBanner problem={form.problem} />
      <TextField
        label="Company name"
        name="name"
        autoComplete="organization"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={form.faults.name}
        autoFocus
      />
      <TextField
        label="Web address"
        name="slug"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        value={slug}
        onChange={(event) => setOwnSlug(event.target.value === "" ? null : event.target.value)}
        help={
          <span className="break-all">
            {host}/{slug || "…"}
          </span>
        }
        error={form.faults.slug}
      />
      <Button look="primary" type="submit" busy={form.busy} className="w-full">
        Create company
      </Button>
    </form>
  );
}
