"use client";

import { useRouter } from "next/navigation";
import { useRef } from "react";
import { FailureBanner } from "#components/auth/failure-banner";
import { useForm } from "#components/auth/use-form";
import { nameWords } from "#components/auth/words";
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
    words: nameWords,
    submit: async (values) => {
      await api.call(updateMe, values);
      form.done();
      toast("Name saved.");
      router.refresh();
    },
  });
  return (
    <form {...form.props} className="flex flex-col items-start gap-4">
      <FailureBanner failure={form.failure} />
      <TextField
        ref={input}
        label="Your name"
        name="name"
        autoComplete="name"
        defaultValue={name}
        error={form.errors.name}
        className="w-full"
      />
      <Button type="submit" busy={form.busy}>
        Save name
      </Button>
    </form>
  );
}
