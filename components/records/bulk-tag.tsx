"use client";

import { useRef, useState } from "react";
import { z } from "zod";
import { useForm } from "#components/forms/use-form";
import type { BulkProps } from "#components/records/bulk-delete";
import { BulkProgress } from "#components/records/bulk-progress";
import { TagsField } from "#components/records/tags-field";
import { updateLatest, useBulk } from "#components/records/use-bulk";
import type { Tagged, Values } from "#components/records/values";
import { useApi } from "#components/shell/api";
import { Button } from "#components/ui/button";
import { Dialog, DialogCancel } from "#components/ui/dialog";
import { useAnnounce } from "#components/ui/live-region";

const someTags = z.object({ tags: z.array(z.string()).min(1, "Write at least one tag.") });

/** Adds tags to records and keeps those they have. */
export function BulkTag<R extends Tagged, V extends Values>(props: BulkProps<R, V>) {
  const { kind, records, open, onClose, onDone } = props;
  const api = useApi();
  const announce = useAnnounce();
  const bulk = useBulk(kind, records);
  const [tags, setTags] = useState<readonly string[]>([]);
  const finished = useRef(false);
  const things = kind.count(records.length);

  function withTags(record: R) {
    const all = [...new Set([...record.tags, ...tags])];
    return all.length === record.tags.length ? null : { tags: all };
  }

  const form = useForm({
    schema: someTags,
    input: { tags },
    async submit() {
      const { succeeded, failed } = await bulk.run((record) => updateLatest(kind, api, record, withTags));
      announce(`${kind.count(succeeded)} tagged.`);
      if (failed > 0) return;
      finished.current = true;
      onDone();
      onClose();
    },
  });

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Add tags to ${things}`}
      width="confirm"
      edited={tags.length > 0 && bulk.failures.length === 0}
      form={form.props}
      returnFocus={() => (finished.current ? document.getElementById(records[0]?.id ?? "main") : null)}
      footer={
        <>
          <DialogCancel>{bulk.failures.length > 0 ? "Close" : "Cancel"}</DialogCancel>
          <Button look="primary" type="submit" busy={form.busy}>
            {bulk.failures.length > 0 ? "Try again" : "Add tags"}
          </Button>
        </>
      }
    >
      <TagsField
        label="Tags"
        help="Press Enter after each one."
        error={form.faults.tags}
        value={tags}
        onChange={setTags}
      />
      <BulkProgress bulk={bulk} />
    </Dialog>
  );
}
