"use client";

import { ExternalLink } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Banner } from "#components/ui/banner";
import { CopyButton } from "#components/ui/copy-button";
import { ApiProblem, Unreachable } from "#lib/contract/client";

/** A problem with the whole form, in words for the person who filled it in. */
export interface FormProblem {
  text: string;
  requestId?: string | null;
  /** The record that has the value already. */
  existing?: { href: string; label: string };
}

/** What happened, and what to do. */
const words: Partial<Record<ApiProblem["code"], [string, string]>> = {
  internal_error: ["Something broke on our side.", "Try again; if it happens again, send support the request ID."],
  unavailable: ["RepDesk can't answer right now.", "Try again in a moment."],
  rate_limited: ["RepDesk was asked too often just now.", "Wait a minute, then try again."],
  conflict: ["Someone saved something at the same moment.", "Try again."],
  idempotency_in_progress: ["Your first attempt is still running.", "Wait a moment, then try again."],
  session_invalid: ["You are signed out.", "Sign in again to go on."],
  unauthenticated: ["You are signed out.", "Sign in again to go on."],
};

/** The words for what a call threw. `typed`: whether the form has text that people may think is lost. */
export function problemOf(error: unknown, typed = true): FormProblem {
  const say = (what: string, remedy: string) => `${what} ${typed ? "Your text is kept. " : ""}${remedy}`;
  if (error instanceof Unreachable) return { text: say("Couldn't reach RepDesk.", "Try again.") };
  if (error instanceof ApiProblem) {
    const known = words[error.code];
    // Of a form without a place for it, the first fault says more than how many there are.
    const fault = error.code === "validation_failed" ? error.errors[0]?.detail : undefined;
    return {
      text: known ? say(...known) : (fault ?? error.detail),
      requestId: error.status >= 500 ? error.request_id : null,
    };
  }
  reportError(error);
  return { text: say("Something broke on this page.", "Try again.") };
}

/** Shown at the top of a form; scrolls itself into view. `children` follow the words, such as a link. */
export function ProblemBanner({ problem, children }: { problem: FormProblem | null; children?: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const id = useRef<HTMLElement>(null);
  useEffect(() => {
    if (problem) box.current?.scrollIntoView({ block: "nearest" });
  }, [problem]);
  if (!problem) return null;
  return (
    <div ref={box} className="scroll-mt-20 lg:scroll-mt-8">
      <Banner tone="danger" role="alert">
        {problem.text} {children}
        {/* In a new tab: what is typed here stays. */}
        {problem.existing && (
          <a href={problem.existing.href} target="_blank" rel="noopener" className="link">
            {problem.existing.label}
            <ExternalLink size={12} className="ml-1 inline" aria-hidden />
            <span className="sr-only"> (in a new tab)</span>
          </a>
        )}
        {problem.requestId && (
          <span className="mt-1 flex flex-wrap items-center gap-x-2 text-help text-muted">
            Request ID
            <code ref={id} className="text-text">
              {problem.requestId}
            </code>
            <CopyButton look="quiet" size="bar" value={problem.requestId} target={id} name="request ID">
              Copy
            </CopyButton>
          </span>
        )}
      </Banner>
    </div>
  );
}
