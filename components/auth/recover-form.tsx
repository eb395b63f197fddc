"use client";

import { useState } from "react";
import { CheckMail } from "#components/auth/check-mail";
import { useAuthForm } from "#components/auth/use-auth-form";
import { ProblemBanner } from "#components/forms/problem";
import { Button } from "#components/ui/button";
import { TextField } from "#components/ui/text-field";
import { createClient } from "#lib/contract/client";
import { recoverInput } from "#lib/contract/session";

export function RecoverForm() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useAuthForm({
    schema: recoverInput,
    submit: async (values) => {
      await createClient().auth("recover", values);
      setSentTo(values.email);
    },
  });
  if (sentTo !== null) return <CheckMail address={sentTo}>Open it to choose a new password.</CheckMail>;
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <ProblemBanner problem={form.problem} />
      <TextField
        label="Email address"
        name="email"
        type="email"
        autoComplete="username"
        error={form.faults.email}
        autoFocus
      />
      <Button look="primary" type="submit" busy={form.busy} className="w-full">
        Send link
      </Button>
    </form>
  );
}
