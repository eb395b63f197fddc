"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { ProblemBanner } from "#components/forms/problem";
import { useForm } from "#components/forms/use-form";
import { type About, noteKindOptions } from "#components/notes/note-kind";
import { useVisit } from "#components/records/visit";
import { useApi, useDraft } from "#components/shell/api";
import { Button } from "#components/ui/button";
import { useAnnounce } from "#components/ui/live-region";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import { noteEndpoints } from "#lib/contract/records";
import type { NoteKind } from "#lib/vocabulary";

/** Writes a note. What was typed stays until it is saved. */
export function NoteComposer({ about }: { about: About }) {
  const api = useApi();
  const router = useRouter();
  const visit = useVisit();
  const announce = useAnnounce();
  const field = useRef<HTMLTextAreaElement>(null);
  const [body, setBody] = useState("");
  const [kind, setKind] = useState<NoteKind>("note");
  useDraft("new-note", () => (body ? body : null), setBody);
  const form = useForm({
    input: { body, kind },
    async submit(_, key) {
      if (body.trim()) {
        await api.call(noteEndpoints.create, { ...about, body, kind }, { key });
        await visit(() => router.refresh());
        // What is typed meanwhile stays.
        setBody((now) => (now === body ? "" : now));
        announce("Note added.");
      }
      field.current?.focus();
    },
  });

  return (
    <form {...form.props} className="flex flex-col gap-2 rounded-card border border-border p-3">
      <ProblemBanner problem={form.problem} />
      <Textarea
        ref={field}
        label="New note"
        hideLabel
        name="note"
        rows={2}
        placeholder="Write what was said and what comes next. Markdown works."
        error={form.faults.body}
        value={body}
        onChange={(event) => setBody(event.target.value)}
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Select
          label="Kind"
          name="kind"
          hideLabel
          size="bar"
          className="w-32"
          options={noteKindOptions}
          value={kind}
          onChange={setKind}
        />
        <Button look="primary" size="bar" type="submit" busy={form.busy}>
          Add note
        </Button>
      </div>
    </form>
  );
}
