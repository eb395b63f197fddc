"use client";

import { useRouter } from "next/navigation";
import { useRef } from "react";
import { personWords } from "#components/auth/use-auth-form";
import { ProblemBanner } from "#components/forms/problem";
import { useForm } from "#components/forms/use-form";
import { useApi, useDraft } from "#components/shell/api";
import { Button } from "#components/ui/button";
import { TextField } from "#components/ui/text-field";
import { useToast } from "#components/ui/toast";
import { mePatch, updateMe } from "#lib/contract/me";

export function NameForm({ name }: { name: string }) {
  const api = useApi();
  const toast = useToast();
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  useDraft(
    "name",
    () => (input.current && input.current.value !== name ? input.current.value : null),
    (kept) => {
      if (input.current) input.current.value = kept;
    },
  );
  const form = useForm({
    schema: mePatch,
    words: personWords,
    submit: async (values) => {
      await api.call(updateMe, values);
      toast("Name saved.");
      router.refresh();
    },
  });
  return (
    <form {...form.props} className="flex flex-col items-start gap-4">
      <ProblemBanner problem={form.problem} />
      <TextField
        ref={input}
        label="Your name"
        name="name"
        autoComplete="name"
        defaultValue={name}
        error={form.faults.name}
        className="w-full"
      />
      <Button type="submit" busy={form.busy}>
        Save name
      </Button>
    </form>
  );
}
