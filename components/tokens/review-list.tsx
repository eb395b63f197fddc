"use client";

import { Ban, KeyRound } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { accessInWords } from "#components/tokens/access";
import { LastUsed } from "#components/tokens/last-used";
import type { LiveToken } from "#components/tokens/live-tokens";
import type { Review } from "#components/tokens/use-review";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/checkbox";
import { FieldNote } from "#components/ui/field";

/** A person can have thousands. “Show more” shows this many more. */
const step = 50;

/** The tokens under review, by company. They can be selected if there are several. */
export function ReviewList({ review }: { review: Review }) {
  const [most, setMost] = useState(step);
  const list = useRef<HTMLDivElement>(null);
  const { rows } = review;
  const hidden = rows.length - most;
  // The button may have disappeared, and focus with it.
  useEffect(() => {
    if (most > step) list.current?.querySelectorAll("li")[most - step]?.focus();
  }, [most]);
  return (
    <div ref={list} className="mt-4 flex flex-col gap-4">
      {groupsOf(rows.slice(0, most)).map(({ slug, name, members }) => (
        <section key={slug} aria-labelledby={`review-${slug}`}>
          <h3 id={`review-${slug}`} className="font-semibold wrap-anywhere">
            {name}
          </h3>
          <ul className="mt-2 divide-y divide-border rounded-card border border-border px-3">
            {members.map((row) => (
              <li key={row.token.id} tabIndex={-1} className="py-1">
                <Row row={row} review={review} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {hidden > 0 && (
        <Button className="self-start" onClick={() => setMost(most + step)}>
          Show {Math.min(step, hidden)} more
        </Button>
      )}
    </div>
  );
}

function groupsOf(rows: readonly LiveToken[]) {
  const groups = Map.groupBy(rows, ({ company }) => company.slug);
  return [...groups].map(([slug, members]) => ({ slug, name: members[0]?.company.name, members }));
}

function Row({ row: { token }, review }: { row: LiveToken; review: Review }) {
  const { chosen, choose, results, live } = review;
  const result = results.get(token.id);
  const label = (
    <>
      <span className="block font-medium wrap-anywhere">{token.name}</span>
      <span className="block font-mono text-help text-muted">{token.prefix}</span>
    </>
  );
  if (result === null) {
    return <Still icon={<Ban size={16} />} label={label} note="Revoked. It fails at its next request." />;
  }
  const note = (
    <>
      {accessInWords(token.scopes)}. <LastUsed token={token} />
    </>
  );
  if (live.length === 1) return <Still icon={<KeyRound size={16} />} label={label} note={note} error={result} />;
  return (
    <Checkbox
      label={label}
      help={note}
      error={result}
      checked={chosen.has(token.id)}
      onChange={(checked) => choose(token.id, checked)}
    />
  );
}

interface StillProps {
  icon: ReactNode;
  label: ReactNode;
  note: ReactNode;
  error?: string | null | undefined;
}

/** A row without a checkbox, aligned with those that have one. */
function Still({ icon, label, note, error }: StillProps) {
  return (
    <div>
      <div className="flex gap-2 py-1.5 pointer-coarse:py-3">
        <span className="mt-0.5 shrink-0 text-muted">{icon}</span>
        <div className="min-w-0">{label}</div>
      </div>
      <div className="-mt-1 pb-1.5 pl-6">
        <FieldNote id="" help={note} error={error} />
      </div>
    </div>
  );
}
