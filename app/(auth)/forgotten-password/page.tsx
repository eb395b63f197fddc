import type { Metadata } from "next";
import Link from "next/link";
import { RecoverForm } from "#components/auth/recover-form";
import { PlainFrame } from "#components/shell/plain-frame";

export const metadata: Metadata = { title: "Forgotten password" };

export default function ForgottenPasswordPage() {
  return (
    <PlainFrame
      title="Forgotten password"
      text="We send you a link to choose a new one."
      foot={
        <Link href="/sign-in" className="link">
          Back to sign in
        </Link>
      }
    >
      <RecoverForm />
    </PlainFrame>
  );
}
