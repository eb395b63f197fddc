"use client";

import { useState } from "react";
import { CheckMail } from "#components/auth/check-mail";
import { useAuthForm } from "#components/auth/use-auth-form";
import { ProblemBanner } from "#components/forms/problem";
import { Button } from "#components/ui/button";
import { PasswordField } from "#components/ui/password-field";
import { TextField } from "#components/ui/text-field";
import { createClient } from "#lib/contract/client";
import { signUpInput } from "#lib/contract/session";

export function SignUpForm({ next }: { next: string }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useAuthForm({
    schema: signUpInput,
    leaves: true,
    submit: async (values) => {
      const { state } = await createClient().auth("sign-up", values);
      if (state === "check_mail") setSentTo(values.email);
      else location.assign(next);
    },
  });
  if (sentTo !== null) {
    return (
      <CheckMail address={sentTo}>
        The link in it confirms your address. If you have signed up with it before, sign in, or choose a new password
        there.
      </CheckMail>
    );
  }
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <ProblemBanner problem={form.problem} />
      <TextField label="Your name" name="name" autoComplete="name" error={form.faults.name} autoFocus />
      <TextField label="Email address" name="email" type="email" autoComplete="username" error={form.faults.email} />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="new-password"
        help="At least 8 characters."
        error={form.faults.password}
      />
      <Button look="primary" type="submit" busy={form.busy} className="w-full">
        Sign up
      </Button>
    </form>
  );
}
