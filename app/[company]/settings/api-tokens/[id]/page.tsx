import type { Metadata } from "next";
import { BackToList } from "#components/records/back-to-list";
import { RecordColumns } from "#components/records/record-columns";
import { SettingsNav } from "#components/shell/settings-nav";
import type { Token } from "#components/tokens/cells";
import { RequestTable } from "#components/tokens/request-table";
import { RightSize } from "#components/tokens/right-size";
import { TokenFacts } from "#components/tokens/token-facts";
import { TokenHead } from "#components/tokens/token-head";
import { type Usage, UsageChart } from "#components/tokens/usage-chart";
import { scopes, withIncluded } from "#lib/vocabulary";
import { tokenView } from "./view";

type Props = { params: Promise<{ company: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company, id } = await params;
  return { title: (await tokenView(company, id)).token.name };
}

export default async function TokenPage({ params }: Props) {
  const { company, id } = await params;
  const { token, usage, calls, member, permissions } = await tokenView(company, id);
  const now = Date.now();
  return (
    <>
      <SettingsNav slug={company} />
      <BackToList href={`/${company}/settings/api-tokens`} label="API Tokens" opened={token.id} />
      <TokenHead
        token={token}
        calls={calls}
        now={now}
        company={company}
        reader={{ id: member.id, name: member.name }}
        held={scopes.filter((scope) => permissions.includes(scope))}
        isAdmin={permissions.includes("tokens:all")}
      />
      <RecordColumns facts={<TokenFacts token={token} usage={usage} now={now} />}>
        <section aria-label="Usage" className="rounded-card border border-border bg-surface p-4">
          <UsageChart days={usage.days} now={now} />
        </section>
        <Unused token={token} usage={usage} now={now} />
        <section>
          <h2 className="mb-3 text-title font-semibold">Last requests</h2>
          {usage.requests.length > 0 ? (
            <RequestTable requests={usage.requests} />
          ) : (
            <p className="text-muted">No requests yet. They appear here within seconds.</p>
          )}
        </section>
      </RecordColumns>
    </>
  );
}

const dayMs = 86_400_000;
/** What a token does in its first days says little. */
const fewestDays = 7;

/** The offer to take away access that the token doesn't use. */
function Unused({ token, usage, now }: { token: Token; usage: Usage; now: number }) {
  const { first_used_at, days, scopes_used } = usage;
  const used = scopes_used.map(({ scope }) => scope);
  const age = first_used_at ? Math.floor((now - Date.parse(first_used_at)) / dayMs) : 0;
  // A token may rotate itself less often than usage is kept.
  const kept = [...new Set([...used, ...token.scopes.filter((scope) => scope === "tokens:rotate")])];
  const isWider = withIncluded(token.scopes).some((scope) => !withIncluded(kept).includes(scope));
  if (token.status !== "active" || age < fewestDays || used.length === 0 || !isWider) return null;
  const calls = days.reduce((sum, { succeeded }) => sum + succeeded, 0);
  return <RightSize token={token} days={Math.min(age, 90)} used={used} kept={kept} calls={calls} />;
}
