import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { SignInForm } from "#components/auth/sign-in-form";
import { PlainFrame } from "#components/shell/plain-frame";
import { ownPath } from "#lib/format/path";
import { isSignedIn } from "#lib/page";

export const metadata: Metadata = { title: "Sign in" };

type Search = { next?: string | string[]; ended?: string };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { next: asked, ended } = await searchParams;
  const next = ownPath([asked].flat()[0]) ?? "/";
  // The form is of use even if the database does not answer.
  if (await isSignedIn().catch(() => false)) redirect(next);
  const signUp = next === "/" ? "/sign-up" : `/sign-up?next=${encodeURIComponent(next)}`;
  return (
    <PlainFrame
      title="Sign in"
      foot={
        <>
          New to RepDesk?{" "}
          <Link href={signUp} className="link">
            Sign up
          </Link>
        </>
      }
    >
      <SignInForm next={next} ended={ended === "1"} />
    </PlainFrame>
  );
}
