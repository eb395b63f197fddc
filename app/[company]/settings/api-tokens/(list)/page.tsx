import type { Metadata } from "next";
import Link from "next/link";
import { SettingsNav } from "#components/shell/settings-nav";
import { CreateToken, CreateTokenButton } from "#components/tokens/create-token";
import { NoEndedTokens, NoMoreTokens, NoTokens } from "#components/tokens/no-tokens";
import { OwnerSwitch } from "#components/tokens/owner-switch";
import { TokenList } from "#components/tokens/token-list";
import { ViewCount } from "#components/tokens/view-count";
import { PageHeader } from "#components/ui/page-header";
import { Pagination } from "#components/ui/pagination";
import { Tabs } from "#components/ui/tabs";
import { scopes } from "#lib/vocabulary";
import { hrefOf, linkOf, readPage, type TokenPage, type View, viewOf } from "./reading";

export const metadata: Metadata = { title: "API Tokens" };

interface PageProps {
  params: Promise<{ company: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ApiTokensPage({ params, searchParams }: PageProps) {
  const { company: slug } = await params;
  const search = await searchParams;
  const { view, company, member, permissions, companies, tokens, counts } = await readPage(slug, viewOf(search));
  const href = hrefOf(slug, view);
  const firstPage = href({ cursor: undefined });
  const empty = view.status === "ended" ? <NoEndedTokens /> : <NoTokens company={company.name} />;
  const held = scopes.filter((scope) => permissions.includes(scope));
  const createsBelow = view.status === "active" && tokens.data.length === 0 && !view.cursor;
  return (
    <CreateToken
      company={{ slug, name: company.name }}
      others={companies.filter(isOther(slug)).map(({ slug, name }) => ({ slug, name }))}
      held={held}
      mayNever={member.role === "admin"}
      startOpen={search.create === "1"}
      link={linkOf(search)}
    >
      <PageHeader
        title="API Tokens"
        text={
          <>
            Let scripts and integrations work in {company.name} for you.{" "}
            <Link href="/help/api-token-public-api" className="link">
              Guide
            </Link>
          </>
        }
        action={!createsBelow && <CreateTokenButton />}
      />
      <SettingsNav slug={slug} />
      <TokenViews view={view} counts={counts} href={href} mayAll={permissions.includes("tokens:all")} />
      <TokenList
        key={href({ cursor: view.cursor })}
        tokens={tokens.data}
        calls={tokens.calls}
        now={Date.now()}
        reader={{ id: member.id, name: member.name }}
        company={slug}
        held={held}
        isAdmin={permissions.includes("tokens:all")}
        everyone={view.everyone}
        empty={view.cursor ? <NoMoreTokens firstPage={firstPage} /> : empty}
      />
      <ViewCount view={href({ cursor: view.cursor })} text={countText(tokens)} />
      <Pagination
        label="Pages of tokens"
        first={view.cursor ? firstPage : null}
        next={tokens.pagination.next_cursor ? href({ cursor: tokens.pagination.next_cursor }) : null}
      />
    </CreateToken>
  );
}

function countText({ data, pagination }: TokenPage): string {
  if (data.length === 0) return "No tokens";
  return `${data.length} ${data.length === 1 ? "token" : "tokens"}${pagination.has_more ? " on this page" : ""}`;
}

function isOther(slug: string) {
  return (company: { slug: string; suspended_at: string | null }) =>
    company.slug !== slug && company.suspended_at === null;
}

interface TokenViewsProps {
  view: View;
  counts: { active: number; ended: number };
  href: (changed: Partial<View>) => string;
  /** Admins can see everyone's tokens. */
  mayAll: boolean;
}

/** The tabs, and the owner switch for admins. Without any tokens there are no tabs. */
function TokenViews({ view, counts, href, mayAll }: TokenViewsProps) {
  const tab = (status: View["status"], label: string) => ({
    href: href({ status }),
    label,
    count: counts[status],
    current: view.status === status,
  });
  const isNone = counts.active === 0 && counts.ended === 0;
  return (
    <div className="relative">
      {(!isNone || view.status === "ended") && (
        <Tabs label="Tokens by status" items={[tab("active", "Active"), tab("ended", "Expired and revoked")]} />
      )}
      {mayAll && (
        <OwnerSwitch everyone={view.everyone} mine={href({ everyone: false })} all={href({ everyone: true })} />
      )}
    </div>
  );
}
