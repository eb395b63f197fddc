import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { NewCompanyForm } from "#components/auth/new-company-form";
import { ApiProvider } from "#components/shell/api";
import { PlainFrame } from "#components/shell/plain-frame";
import { sessionOfPage } from "#lib/auth/page";
import { listCompanies } from "#lib/contract/companies";
import { companies } from "#lib/domain/companies";
import { ownPath } from "#lib/format/path";
import { page } from "#lib/page";

export const metadata: Metadata = { title: "New company" };

export default async function NewCompanyPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const { data: mine } = await page(null, (ask) => ask(listCompanies, companies.list));
  const session = await sessionOfPage();
  const [first] = mine;
  const next = ownPath([(await searchParams).next].flat()[0]);
  return (
    <PlainFrame
      title="New company"
      text="Only its members can see its accounts and contacts. You become its admin."
      foot={
        first && (
          <Link href="/" className="link">
            Back to {first.name}
          </Link>
        )
      }
    >
      <ApiProvider user={session?.user_id ?? ""}>
        <NewCompanyForm host={(await headers()).get("x-host") ?? "RepDesk"} next={next} />
      </ApiProvider>
    </PlainFrame>
  );
}
