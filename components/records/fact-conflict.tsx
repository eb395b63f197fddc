"use client";

import { useRouter } from "next/navigation";
import { useActorName } from "#components/records/known-members";
import type { Conflicting } from "#components/records/record-form";
import type { RecordKind } from "#components/records/record-kind";
import type { RecordBase, Values } from "#components/records/values";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";

interface FactConflictProps<R extends RecordBase, V extends Values> {
  kind: RecordKind<R, V>;
  field: keyof V & string;
  conflict: Conflicting<V>;
  onClose: () => void;
}

/** Who changed the field while it was being edited, and to what. Saving keeps one's own value. */
export function FactConflict<R extends RecordBase, V extends Values>(props: FactConflictProps<R, V>) {
  const { kind, field, conflict, onClose } = props;
  const router = useRouter();
  const who = useActorName(conflict.by);
  function takeTheirs() {
    router.refresh();
    onClose();
  }
  return (
    <Banner
      tone="warning"
      role="alert"
      action={
        <Button size="bar" onClick={takeTheirs}>
          Take theirs
        </Button>
      }
    >
      {who} changed this to <span className="font-medium">{kind.show(field, conflict.theirs[field])}</span>. Save to
      replace it with yours.
    </Banner>
  );
}
