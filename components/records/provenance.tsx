"use client";

import { useContext } from "react";
import { Person } from "#components/records/cells";
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
    owner_id: string;
    created_at: string;
    updated_at: string;
    created_by: Actor;
    updated_by: Actor;
  };
}

/** Who looks after a record, and where it comes from. */
export function Provenance({ noun, record }: ProvenanceProps) {
  const members = useContext(KnownMembers);
  return (
    <dl className="mt-3 flex flex-col gap-1 border-t border-border pt-3">
      <FactRow name="Owner">
        <div className="py-1">
          <Person id={record.owner_id} name={members.get(record.owner_id)} />
        </div>
      </FactRow>
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
