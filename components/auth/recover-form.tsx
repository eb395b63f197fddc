"use client";

import { useState } from "react";
import { CheckMail } from "#components/auth/check-mail";
import { FailureBanner } from "#components/auth/failure-banner";
import { useForm } from "#components/auth/use-form";
import { emailWords } from "#components/auth/words";
import { Button } from "#components/ui/button";
import { TextField } from "#components/ui/text-field";
import { createClient } from "#lib/contract/client";
import { recoverInput } from "#lib/contract/session";

export function RecoverForm() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm({
    schema: recoverInput,
    words: emailWords,
    submit: async (values) => {
      await createClient().auth("recover", values);
      setSentTo(values.email);
    },
  });
  if (sentTo !== null) return <CheckMail address={sentTo}>Open it to choose a new password.</CheckMail>;
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <FailureBanner failure={form.failure} />
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        autoComplete="username"
        error={form.errors.email}
        autoFocus
      />
      <Button look="primary" type="submit" busy={form.busy} className="w-full">
        Send link
      </Button>
    </form>
  );
}
