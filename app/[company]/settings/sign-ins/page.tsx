import type { Metadata } from "next";
import Link from "next/link";
import { NoMoreSignIns, NoSignIns } from "#components/profile/no-sign-ins";
import { SignInTable } from "#components/profile/sign-in-table";
import { SettingsNav } from "#components/shell/settings-nav";
import { Banner } from "#components/ui/banner";
import { PageHeader } from "#components/ui/page-header";
import { Pagination } from "#components/ui/pagination";
import { listSignIns } from "#lib/contract/sign-ins";
import { signIns } from "#lib/domain/sign-ins";
import { page } from "#lib/page";
import { signInDays } from "#lib/vocabulary";

export const metadata: Metadata = { title: "Sign-in activity" };

interface PageProps {
  params: Promise<{ company: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const rows = "25";

export default async function SignInsPage({ params, searchParams }: PageProps) {
  const [{ company: slug }, { cursor }] = await Promise.all([params, searchParams]);
  const isFurther = typeof cursor === "string";
  const input = { limit: rows, ...(isFurther && { cursor }) };
  const { data, pagination } = await page(slug, (ask) => ask(listSignIns, signIns.list, input));
  const firstPage = `/${slug}/settings/sign-ins`;
  const next = pagination.next_cursor;
  return (
    <>
      <PageHeader
        title="Sign-in activity"
        text={`Your sign-ins, sign-outs, and password changes of the last ${signInDays} days, for all your companies.`}
      />
      <SettingsNav slug={slug} />
      <Advice slug={slug} />
      {data.length > 0 && <SignInTable events={data} now={Date.now()} />}
      {data.length === 0 && (isFurther ? <NoMoreSignIns firstPage={firstPage} /> : <NoSignIns />)}
      <Pagination
        label="Pages of sign-in activity"
        first={isFurther ? firstPage : null}
        next={next ? `${firstPage}?cursor=${encodeURIComponent(next)}` : null}
      />
      {data.length > 0 && (
        <p className="mt-4 max-w-prose text-help text-muted">
          Networks are shortened: 203.0.113.0 means any address that begins with 203.0.113. At most one failed sign-in
          per hour is listed for each network.
        </p>
      )}
    </>
  );
}

function Advice({ slug }: { slug: string }) {
  const link = (path: string, text: string) => (
    <Link href={`/${slug}/settings/${path}`} className="link">
      {text}
    </Link>
  );
  return (
    <div className="mb-6">
      <Banner>
        Something here wasn't you? {link("profile#password", "Change your password")},{" "}
        {link("profile#sessions", "sign out everywhere else")}, and {link("api-tokens", "revoke API tokens")} that you
        don't recognize.
      </Banner>
    </div>
  );
}
