"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { ProblemBanner, problemOf } from "#components/forms/problem";
import { useForm } from "#components/forms/use-form";
import { type Note, noteKindOptions } from "#components/notes/note-kind";
import { useActorName } from "#components/records/known-members";
import { useVisit } from "#components/records/visit";
import { useApi } from "#components/shell/api";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Dialog, DialogCancel } from "#components/ui/dialog";
import { useAnnounce } from "#components/ui/live-region";
import { MenuItem, MenuSeparator, RowMenu } from "#components/ui/menu";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import { ApiProblem } from "#lib/contract/client";
import type { AnswerOf } from "#lib/contract/endpoint";
import { noteEndpoints } from "#lib/contract/records";

/** The `⋯` of a note, for those who may change it. */
export function NoteActions({ note }: { note: Note }) {
  const [task, setTask] = useState<"edit" | "delete" | null>(null);
  const close = () => setTask(null);
  return (
    <>
      <RowMenu label="Actions for this note">
        <MenuItem icon={<Pencil size={16} />} onSelect={() => setTask("edit")}>
          Edit note
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 size={16} />} danger onSelect={() => setTask("delete")}>
          Delete note
        </MenuItem>
      </RowMenu>
      {task === "edit" && <EditDialog note={note} onClose={close} />}
      <RemoveDialog note={note} open={task === "delete"} onClose={close} />
    </>
  );
}

/** The note as someone else saved it. */
type Theirs = AnswerOf<typeof noteEndpoints.read>;

function EditDialog({ note, onClose }: { note: Note; onClose: () => void }) {
  const api = useApi();
  const router = useRouter();
  const visit = useVisit();
  const announce = useAnnounce();
  const [body, setBody] = useState(note.body);
  const [kind, setKind] = useState(note.kind);
  const [theirs, setTheirs] = useState<Theirs | null>(null);
  // The note as it was when the dialog opened: a refresh of the page may bring a newer one.
  const [opened] = useState(note);
  const { version } = theirs ?? opened;
  const form = useForm({
    input: { body, kind },
    async submit() {
      await api.call(noteEndpoints.update, { id: note.id, body, kind, if_version: version });
      await visit(() => router.refresh());
      announce("Note saved.");
      onClose();
    },
    async onReject({ code }) {
      if (code !== "version_mismatch") return undefined;
      setTheirs(await api.call(noteEndpoints.read, { id: note.id }));
      return {};
    },
  });

  function takeTheirs() {
    setBody(theirs?.body ?? body);
    setKind(theirs?.kind ?? kind);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title="Edit note"
      edited={!form.busy && (body !== opened.body || kind !== opened.kind)}
      form={form.props}
      footer={
        <>
          <DialogCancel />
          <Button look="primary" type="submit" busy={form.busy}>
            Save note
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ProblemBanner problem={form.problem} />
        {theirs && <Conflict theirs={theirs} onTake={takeTheirs} />}
        <Textarea
          label="Note"
          rows={8}
          error={form.faults.body}
          value={body}
          onChange={(event) => setBody(event.target.value)}
        />
        <Select label="Kind" className="w-40" options={noteKindOptions} value={kind} onChange={setKind} />
      </div>
    </Dialog>
  );
}

/** Who saved the note while it was being edited, and what it says now. Saving again replaces it. */
function Conflict({ theirs, onTake }: { theirs: Theirs; onTake: () => void }) {
  const who = useActorName(theirs.updated_by);
  return (
    <Banner
      tone="warning"
      role="alert"
      action={
        <Button size="bar" onClick={onTake}>
          Take theirs
        </Button>
      }
    >
      {who} saved this note while you were editing it. Save again to replace it with yours. It says now:
      <span className="mt-2 line-clamp-6 wrap-anywhere whitespace-pre-line">{theirs.body}</span>
    </Banner>
  );
}

function RemoveDialog({ note, open, onClose }: { note: Note; open: boolean; onClose: () => void }) {
  const api = useApi();
  const router = useRouter();
  const visit = useVisit();
  const announce = useAnnounce();

  const isRemoved = useRef(false);

  async function remove() {
    try {
      await api.call(noteEndpoints.remove, { id: note.id, if_version: note.version });
    } catch (reason) {
      const code = reason instanceof ApiProblem ? reason.code : null;
      if (code === "version_mismatch") return "Someone changed this note a moment ago. Reload the page first.";
      // Someone else deleted it first.
      if (code !== "not_found") return problemOf(reason, false).text;
    }
    isRemoved.current = true;
    await visit(() => router.refresh());
    announce("Note deleted.");
    onClose();
    return undefined;
  }

  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title="Delete this note?"
      keep="Keep note"
      confirm="Delete note"
      onConfirm={remove}
      returnFocus={() => (isRemoved.current ? document.querySelector<HTMLElement>('textarea[name="note"]') : null)}
    >
      You can't undo this.
    </ConfirmDialog>
  );
}
