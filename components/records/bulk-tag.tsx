"use client";

import { useState } from "react";
import { z } from "zod";
import { BulkChange } from "#components/records/bulk-change";
import type { BulkProps } from "#components/records/bulk-delete";
import { TagsField } from "#components/records/tags-field";
import type { Tagged, Values } from "#components/records/values";

const schema = z.object({ tags: z.array(z.string()).min(1, "Write at least one tag.") });

/** Adds tags to records and keeps those they have. */
export function BulkTag<R extends Tagged, V extends Values>(props: BulkProps<R, V>) {
  const [tags, setTags] = useState<readonly string[]>([]);

  function withTags(record: R) {
    const all = [...new Set([...record.tags, ...tags])];
    return all.length === record.tags.length ? null : { tags: all };
  }

  return (
    <BulkChange
      {...props}
      title={`Add tags to ${props.kind.count(props.records.length)}`}
      action="Add tags"
      done={(things) => `${things} tagged.`}
      schema={schema}
      input={{ tags }}
      edited={tags.length > 0}
      changes={withTags}
    >
      {(faults) => (
        <TagsField
          label="Tags"
          help="Press Enter after each one."
          error={faults.tags}
          value={tags}
          onChange={setTags}
        />
      )}
    </BulkChange>
  );
}
