"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import type { About } from "#components/notes/activity";
import { noteKindOptions } from "#components/notes/note-kind";
import { type FormProblem, ProblemBanner, problemOf } from "#components/records/problem";
import { useVisit } from "#components/records/visit";
import { useApi, useDraft } from "#components/shell/api";
import { Button } from "#components/ui/button";
import { useAnnounce } from "#components/ui/live-region";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import { newKey } from "#lib/contract/client";
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
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const [busy, setBusy] = useState(false);
  // A repeated try is the same request: the answer to the first one may only have been lost.
  const key = useRef(newKey());
  useDraft("new-note", () => (body ? body : null), setBody);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (!body.trim()) return field.current?.focus();
    setBusy(true);
    setProblem(null);
    try {
      await api.call(noteEndpoints.create, { ...about, body, kind }, { key: key.current });
      key.current = newKey();
      await visit(() => router.refresh());
      setBody("");
      announce("Note added.");
      field.current?.focus();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  }

  const change = (text: string) => {
    key.current = newKey();
    setBody(text);
  };

  return (
    <form onSubmit={submit} noValidate className="rounded-card border border-border p-3">
      <ProblemBanner problem={problem} />
      <Textarea
        ref={field}
        label="New note"
        hideLabel
        name="note"
        rows={2}
        placeholder="Write what was said and what comes next. Markdown works."
        value={body}
        onChange={(event) => change(event.target.value)}
      />
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2">
        <Select
          label="Kind"
          hideLabel
          size="bar"
          className="w-32"
          options={noteKindOptions}
          value={kind}
          onChange={setKind}
        />
        <Button look="primary" size="bar" type="submit" busy={busy}>
          Add note
        </Button>
      </div>
    </form>
  );
}
