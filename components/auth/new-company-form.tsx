"use client";

import { useRef, useState } from "react";
import { FailureBanner } from "#components/auth/failure-banner";
import { suggestSlug } from "#components/auth/slug";
import { useForm } from "#components/auth/use-form";
import { useApi, useDraft } from "#components/shell/api";
import { Button } from "#components/ui/button";
import { TextField } from "#components/ui/text-field";
import { ApiProblem, newKey } from "#lib/contract/client";
import { companyInput, createCompany } from "#lib/contract/companies";

const words = {
  "name.blank": "Enter the company's name.",
  "slug.blank": "Choose a web address for the company.",
};

/** `host` is where RepDesk is reached; `next` where to go on to, or null for the company itself. */
export function NewCompanyForm({ host, next }: { host: string; next: string | null }) {
  const api = useApi();
  const [name, setName] = useState("");
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  const slug = ownSlug ?? suggestSlug(name);
  const attempt = useRef({ key: newKey(), body: "" });
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
    submit: async (values) => {
      const body = JSON.stringify(values);
      if (body !== attempt.current.body) attempt.current = { key: newKey(), body };
      const made = await api.call(createCompany, values, { key: attempt.current.key }).catch(asFault);
      location.assign(next ?? `/${made.slug}/accounts`);
    },
  });
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <FailureBanner failure={form.failure} />
      <TextField
        label="Company name"
        name="name"
        autoComplete="organization"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={form.errors.name}
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
        error={form.errors.slug}
      />
      <Button look="primary" type="submit" busy={form.busy} className="w-full">
        Create company
      </Button>
    </form>
  );
}

/** Only the web address can be taken, so the fault stands there. */
function asFault(error: unknown): never {
  if (error instanceof ApiProblem && error.code === "duplicate") {
    error.errors.push({ pointer: "#/slug", code: "not_unique", detail: "This web address is taken. Choose another." });
  }
  throw error;
}
