import Link from "next/link";
import { CreateTokenButton } from "#components/tokens/create-token";
import { EmptyState } from "#components/ui/empty-state";
import { tokenLimits } from "#lib/vocabulary";

export function NoTokens({ company }: { company: string }) {
  return (
    <EmptyState
      title={`Connect ${company} to your other systems`}
      action={<CreateTokenButton />}
      link={
        <Link href="/help/api-token-public-api" className="link">
          Read the guide
        </Link>
      }
    >
      A token lets a script use {company}'s data in your name. You choose what it can do, and can revoke it at any time.
    </EmptyState>
  );
}

export function NoEndedTokens() {
  return (
    <EmptyState title="No token has expired or been revoked">
      Those that do stay listed here for {tokenLimits.listedDays} days, with when they were last used.
    </EmptyState>
  );
}

/** For a later page whose tokens have all ended and moved to the other tab. */
export function NoMoreTokens({ firstPage }: { firstPage: string }) {
  return (
    <EmptyState
      title="No more tokens here"
      link={
        <Link href={firstPage} className="link">
          Go to the first page
        </Link>
      }
    />
  );
}
