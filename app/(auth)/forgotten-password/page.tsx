import type { Metadata } from "next";
import Link from "next/link";
import { RecoverForm } from "#components/auth/recover-form";
import { PlainFrame } from "#components/shell/plain-frame";

export const metadata: Metadata = { title: "Forgot password" };

export default function ForgottenPasswordPage() {
  return (
    <PlainFrame
      title="Forgot password"
      text="We'll send you a link to set a new one."
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
