import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { SignUpForm } from "#components/auth/sign-up-form";
import { PlainFrame } from "#components/shell/plain-frame";
import { ownPath } from "#lib/format/path";
import { ifSignedIn } from "#lib/page";

export const metadata: Metadata = { title: "Sign up" };

export default async function SignUpPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = ownPath([(await searchParams).next].flat()[0]) ?? "/";
  if (await ifSignedIn(async () => true)) redirect(next);
  const signIn = next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
  return (
    <PlainFrame
      title="Sign up"
      text="Then create a company, or get invited to one."
      foot={
        <>
          Signed up before?{" "}
          <Link href={signIn} className="link">
            Sign in
          </Link>
        </>
      }
    >
      <SignUpForm next={next} />
    </PlainFrame>
  );
}
