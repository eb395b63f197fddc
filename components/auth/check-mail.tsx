"use client";

import { MailCheck } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";

/** Replaces the form once a link may have been sent. It gets the focus, so that it is announced. */
export function CheckMail({ address, children }: { address: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="flex flex-col gap-2">
      <h2 ref={heading} tabIndex={-1} className="flex gap-2 text-title font-semibold outline-none">
        <MailCheck size={20} className="mt-0.5 shrink-0 text-accent" />
        Check your email
      </h2>
      <p>
        We sent a link to <strong className="font-medium wrap-anywhere">{address}</strong>, if it has an account.{" "}
        {children}
      </p>
      <p className="text-muted">No email after a few minutes? Check your spam folder, then try again.</p>
    </div>
  );
}
