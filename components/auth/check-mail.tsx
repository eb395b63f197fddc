"use client";

import { MailCheck } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";

/** Stands in the form's place once a link may be under way. It has the focus, so that it is read. */
export function CheckMail({ address, children }: { address: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="flex flex-col gap-2">
      <h2 ref={heading} tabIndex={-1} className="flex gap-2 text-title font-semibold outline-none">
        <MailCheck size={20} className="mt-0.5 shrink-0 text-accent" />
        Check your mail
      </h2>
      <p>
        We sent a link to <strong className="font-medium wrap-anywhere">{address}</strong>, if it can have one.{" "}
        {children}
      </p>
      <p className="text-muted">No mail after a few minutes? Look among the unwanted ones, then try again.</p>
    </div>
  );
}
