"use client";

import { Fact } from "#components/records/fact";
import { Provenance, type ProvenanceProps } from "#components/records/provenance";
import type { RecordKind } from "#components/records/record-kind";
import type { RecordBase, Values } from "#components/records/values";

interface FactsProps<R extends RecordBase, V extends Values> {
  kind: RecordKind<R, V>;
  record: R & ProvenanceProps["record"];
  fields: readonly (keyof V & string)[];
}

/** A record's fields, each edited in place, and who created and changed it. */
export function Facts<R extends RecordBase, V extends Values>({ kind, record, fields }: FactsProps<R, V>) {
  return (
    <section aria-label="Details" className="rounded-card border border-border bg-surface px-4 py-3">
      <dl className="flex flex-col gap-1">
        {fields.map((field) => (
          <Fact key={field} kind={kind} record={record} field={field} />
        ))}
      </dl>
      <Provenance noun={kind.noun} record={record} />
    </section>
  );
}
