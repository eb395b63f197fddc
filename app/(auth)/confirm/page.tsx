import type { Metadata } from "next";
import Link from "next/link";
import { ConfirmForm } from "#components/auth/confirm-form";
import { PlainFrame } from "#components/shell/plain-frame";
import { confirmationKinds } from "#lib/contract/session";

export const metadata: Metadata = { title: "Confirm", robots: { index: false } };

const kinds = [...confirmationKinds, "recovery"] as const;

type Search = { token_hash?: string | string[]; type?: string | string[] };

export default async function ConfirmPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { token_hash, type: asked } = await searchParams;
  const type = kinds.find((kind) => kind === asked);
  if (type === undefined || typeof token_hash !== "string" || !/^[\w-]{1,200}$/.test(token_hash)) return <BrokenLink />;
  return (
    <PlainFrame
      title={type === "recovery" ? "Choose a new password" : "Confirm your address"}
      text={type === "recovery" ? undefined : "One more click, and you're in."}
    >
      <ConfirmForm type={type} tokenHash={token_hash} />
    </PlainFrame>
  );
}

function BrokenLink() {
  return (
    <PlainFrame title="This link is incomplete">
      <p>
        Copy the whole link from the email, or{" "}
        <Link href="/forgotten-password" className="link">
          request a new one
        </Link>
        .
      </p>
    </PlainFrame>
  );
}
