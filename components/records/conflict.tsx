"use client";

import { useEffect, useRef } from "react";
import { useActorName } from "#components/records/known-members";
import type { Field } from "#components/records/merge";
import type { Conflicting } from "#components/records/record-form";
import type { RecordForm, RecordKind } from "#components/records/record-kind";
import type { RecordBase, Values } from "#components/records/values";
import { same } from "#components/records/values";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";
import { RadioGroup } from "#components/ui/radio-group";

interface ConflictProps<R extends RecordBase, V extends Values> {
  kind: RecordKind<R, V>;
  merge: Conflicting<V>;
  form: RecordForm<V>;
}

/** What someone else changed, field by field. Nothing typed is lost: the choice can be changed until it is saved. */
export function Conflict<R extends RecordBase, V extends Values>({ kind, merge, form }: ConflictProps<R, V>) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (merge) box.current?.focus();
  }, [merge]);
  const { disputed, taken, mine, theirs } = merge;
  const who = useActorName(merge.by);
  const takeAll = (from: V) => {
    for (const field of disputed) form.set(field, from[field]);
  };
  const choiceOf = (field: Field<V>) => {
    if (same(form.values[field], theirs[field])) return "theirs";
    return same(form.values[field], mine[field]) ? "mine" : undefined;
  };
  return (
    <section ref={box} tabIndex={-1} aria-label="Changed by someone else" className="mb-2 flex flex-col gap-4">
      <Banner tone="warning" role="alert">
        {who} saved this {kind.noun} while you were editing. What you typed is kept.{" "}
        {disputed.length > 0 ? "Choose what to save, then save again." : "Save again to add your changes to theirs."}
      </Banner>
      {disputed.map((field) => (
        <RadioGroup
          key={field}
          look="cards"
          label={kind.labels[field]}
          options={[
            { value: "mine", label: "Keep mine", text: kind.show(field, mine[field]) },
            { value: "theirs", label: "Take theirs", text: kind.show(field, theirs[field]) },
          ]}
          value={choiceOf(field) ?? ""}
          onChange={(choice) => form.set(field, choice === "theirs" ? theirs[field] : mine[field])}
        />
      ))}
      {disputed.length > 1 && (
        <div className="flex flex-wrap gap-2">
          <Button size="bar" onClick={() => takeAll(mine)}>
            Keep all of mine
          </Button>
          <Button size="bar" onClick={() => takeAll(theirs)}>
            Take all of theirs
          </Button>
        </div>
      )}
      {taken.length > 0 && (
        <div>
          <h3 className="font-medium">Also changed by them</h3>
          <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-help">
            {taken.map((field) => (
              <div key={field} className="contents">
                <dt className="text-muted">{kind.labels[field]}</dt>
                <dd>{kind.show(field, theirs[field])}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </section>
  );
}
