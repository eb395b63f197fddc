"use client";

import { useContext } from "react";
import { CopyId } from "#components/records/copy-id";
import { FactRow } from "#components/records/fact";
import { KnownMembers } from "#components/records/known-members";
import { RelativeTime } from "#components/ui/time";

interface Actor {
  member_id: string;
  token_id: string | null;
}

export interface ProvenanceProps {
  noun: string;
  record: {
    id: string;
    created_at: string;
    updated_at: string;
    created_by: Actor;
    updated_by: Actor;
  };
}

/** Who created a record, and who changed it last. */
export function Provenance({ noun, record }: ProvenanceProps) {
  return (
    <dl className="mt-3 flex flex-col gap-1 border-t border-border pt-3">
      <FactRow name="Created">
        <When at={record.created_at} by={record.created_by} />
      </FactRow>
      <FactRow name="Updated">
        <When at={record.updated_at} by={record.updated_by} />
      </FactRow>
      <CopyId id={record.id} noun={noun} />
    </dl>
  );
}

function When({ at, by }: { at: string; by: Actor }) {
  const name = useContext(KnownMembers).get(by.member_id);
  return (
    <div className="py-1">
      <RelativeTime value={at} />
      {name && (
        <span className="text-muted">
          {" "}
          by {name}
          {by.token_id && ", through an API token"}
        </span>
      )}
    </div>
  );
}
