"use client";

import Link from "next/link";
import { useRef } from "react";
import { KeyCap } from "#components/shell/key-cap";
import { Dialog } from "#components/ui/dialog";

const keys = [
  ["/", "Go to search"],
  ["n", "Create an account, a contact, or a token"],
  ["?", "Show these keys"],
  ["Esc", "Close what is open"],
] as const;

/** The list of keyboard shortcuts. */
export function KeysDialog({ slug, open, onClose }: { slug: string; open: boolean; onClose: () => void }) {
  const list = useRef<HTMLDListElement>(null);
  return (
    <Dialog open={open} onClose={onClose} title="Keys" width="confirm" initialFocus={list}>
      <dl ref={list} tabIndex={-1} className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-3 outline-none">
        {keys.map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <KeyCap>{key}</KeyCap>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-6 text-muted">
        You can switch them off in{" "}
        <Link href={`/${slug}/settings/profile#keyboard`} className="link" onClick={onClose}>
          My Settings
        </Link>
        .
      </p>
    </Dialog>
  );
}
