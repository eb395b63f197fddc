import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache, type ReactNode } from "react";
import { ApiProvider } from "#components/shell/api";
import { CompanyShell } from "#components/shell/company-shell";
import { PlainFrame } from "#components/shell/plain-frame";
import { CompanySuspended } from "#lib/page";
import { callerOf, myCompanies } from "./caller";

type Props = { children: ReactNode; params: Promise<{ company: string }> };

/** For a not-found page Next calls `generateMetadata` a second time. The second call adds nothing to that page's own title. */
const asked = cache(() => ({ before: false }));

/** Adds the company to a page's title: “API Tokens · Acme · RepDesk”. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  if (asked().before) return {};
  const { company: slug } = await params;
  const caller = await callerOf(slug).catch((error) => {
    asked().before = true;
    return suspended(error);
  });
  const name = caller?.company?.name ?? slug;
  return { title: { default: `${name} · RepDesk`, template: `%s · ${name} · RepDesk` } };
}

export default async function CompanyLayout({ children, params }: Props) {
  const { company: slug } = await params;
  const shell = await Promise.all([callerOf(slug), myCompanies(slug)]).catch(suspended);
  if (shell === null) return <Suspended />;
  const [{ company, member, user }, { data: all }] = shell;
  if (company === null || member === null) notFound();
  return (
    <ApiProvider company={company.slug} user={user.id} member={member}>
      <CompanyShell company={company} companies={all} user={member}>
        {children}
      </CompanyShell>
    </ApiProvider>
  );
}

function suspended(error: unknown): null {
  if (error instanceof CompanySuspended) return null;
  throw error;
}

function Suspended() {
  return (
    <PlainFrame title="This company is suspended" text="Nobody can work in it at the moment. Nothing was deleted.">
      <p>
        Ask an admin of the company, or go to{" "}
        <Link href="/" className="link">
          another company
        </Link>
        .
      </p>
    </PlainFrame>
  );
}
