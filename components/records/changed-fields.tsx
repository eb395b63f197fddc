"use client";

import { ArrowRight } from "lucide-react";
import type { RecordKind } from "#components/records/record-kind";
import type { RecordBase, Values } from "#components/records/values";

/** The fields that changed, with their values; null if the values are too long to show or were erased. */
export type FieldChanges = Record<string, { old?: unknown; new?: unknown } | null>;

interface ChangedFieldsProps<R extends RecordBase, V extends Values> {
  kind: RecordKind<R, V>;
  changes: FieldChanges;
}

/** A line for each changed field: its name, its old value, and its new one. */
export function ChangedFields<R extends RecordBase, V extends Values>({ kind, changes }: ChangedFieldsProps<R, V>) {
  const fields = Object.keys(kind.labels).filter((field): field is keyof V & string => field in changes);
  return (
    <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
      {fields.map((field) => {
        const change = changes[field];
        return (
          <div key={field} className="contents">
            <dt className="text-muted">{kind.labels[field]}</dt>
            <dd className="flex min-w-0 flex-wrap items-baseline gap-x-1.5 wrap-anywhere">
              {change ? (
                <>
                  <span className="text-muted">{kind.show(field, change.old)}</span>
                  <ArrowRight size={14} role="img" aria-label="became" className="shrink-0 self-center text-muted" />
                  {kind.show(field, change.new)}
                </>
              ) : (
                <span className="text-muted">edited</span>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
