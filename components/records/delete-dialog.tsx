"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { problemOf } from "#components/forms/problem";
import { addressOfList } from "#components/records/list-memory";
import type { RecordKind } from "#components/records/record-kind";
import type { RecordBase, Values } from "#components/records/values";
import { useApi } from "#components/shell/api";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAnnounce } from "#components/ui/live-region";
import { useToast } from "#components/ui/toast";
import { ApiProblem } from "#lib/contract/client";

interface DeleteDialogProps<R extends RecordBase, V extends Values> {
  kind: RecordKind<R, V>;
  record: R;
  open: boolean;
  onClose: () => void;
  /** The list to go to, on the record's own page. Without it the page is refreshed. */
  to?: string | undefined;
  visit: (go: () => void) => Promise<void>;
}

/** Asks with the consequence named. Deletes only the version that was looked at. */
export function DeleteDialog<R extends RecordBase, V extends Values>(props: DeleteDialogProps<R, V>) {
  const { kind, open, onClose, to, visit } = props;
  const api = useApi();
  const router = useRouter();
  const toast = useToast();
  const announce = useAnnounce();
  const [record, setRecord] = useState(props.record);
  const next = useRef<string | null>(null);
  const left = useRef(false);

  // The list is shown, and this page and its dialog are gone: only now can it be told there.
  useEffect(() => {
    return () => {
      if (!left.current) return;
      toast(`${capital(kind.noun)} deleted.`);
      requestAnimationFrame(() => document.getElementById("main")?.focus());
    };
  }, [toast, kind]);

  async function remove() {
    try {
      await kind.remove(api, record.id, record.version);
    } catch (reason) {
      const code = reason instanceof ApiProblem ? reason.code : null;
      if (code === "version_mismatch") return readAgain();
      // Someone else deleted it first.
      if (code !== "not_found") return problemOf(reason, false).text;
    }
    if (to) left.current = true;
    else next.current = neighbourOf(record.id);
    await visit(() => (to ? router.push(addressOfList(to)) : router.refresh()));
    announce(`${record.name} deleted.`);
    onClose();
    return undefined;
  }

  async function readAgain() {
    try {
      setRecord(await kind.read(api, record.id));
      return "Someone changed it a moment ago. Delete it only if you still want to.";
    } catch (reason) {
      return problemOf(reason, false).text;
    }
  }

  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={`Delete “${record.name}”?`}
      keep={`Keep ${kind.noun}`}
      confirm={`Delete ${kind.noun}`}
      onConfirm={remove}
      returnFocus={() => (next.current ? document.getElementById(next.current) : null)}
    >
      {kind.consequence([record])} You can't undo this.
    </ConfirmDialog>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The id of the row's link to which focus goes once this row is gone: the next one, or the one before the last. */
function neighbourOf(id: string): string | null {
  const row = document.getElementById(id)?.closest("tr");
  const other = row?.nextElementSibling ?? row?.previousElementSibling;
  return other?.querySelector("th a")?.id || "main";
}
