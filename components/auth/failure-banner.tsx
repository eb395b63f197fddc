import type { ReactNode } from "react";
import type { Failure } from "#components/auth/use-form";
import { Banner } from "#components/ui/banner";

/** Why a form was not taken, read out at once. */
export function FailureBanner({ failure, children }: { failure: Failure | null; children?: ReactNode }) {
  if (failure === null) return null;
  return (
    <Banner tone="danger" role="alert">
      {failure.text}
      {children && <> {children}</>}
      {failure.requestId && (
        <span className="block text-help">
          Request id <code>{failure.requestId}</code>
        </span>
      )}
    </Banner>
  );
}
