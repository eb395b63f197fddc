import Link from "next/link";
import { EmptyState } from "#components/ui/empty-state";
import { signInDays } from "#lib/vocabulary";

export function NoSignIns() {
  return (
    <EmptyState title="No activity yet">
      Sign-ins, sign-outs and password changes are listed here for {signInDays} days.
    </EmptyState>
  );
}

/** The last rows of a further page have become too old. */
export function NoMoreSignIns({ firstPage }: { firstPage: string }) {
  return (
    <EmptyState
      title="No more activity here"
      link={
        <Link href={firstPage} className="link">
          Go to the first page
        </Link>
      }
    />
  );
}
