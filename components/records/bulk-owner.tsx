"use client";

import { useState } from "react";
import { z } from "zod";
import { MemberPicker } from "#components/members/member-picker";
import { BulkChange } from "#components/records/bulk-change";
import type { BulkProps } from "#components/records/bulk-delete";
import type { RecordBase, Values } from "#components/records/values";

const schema = z.object({ owner_id: z.string().min(1, "Choose a member.") });

/** Gives records to one owner. */
export function BulkOwner<R extends RecordBase, V extends Values>(props: BulkProps<R, V>) {
  const [owner_id, setOwner] = useState("");
  return (
    <BulkChange
      {...props}
      title={`Set the owner of ${props.kind.count(props.records.length)}`}
      action="Set owner"
      done={(things) => `Owner of ${things} set.`}
      schema={schema}
      input={{ owner_id }}
      changes={() => ({ owner_id })}
    >
      {(faults) => <MemberPicker required label="Owner" error={faults.owner_id} value={owner_id} onChange={setOwner} />}
    </BulkChange>
  );
}
