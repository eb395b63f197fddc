"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ProblemBanner, problemOf } from "#components/forms/problem";
import { useForm } from "#components/forms/use-form";
import type { Note } from "#components/notes/activity";
import { noteKindOptions } from "#components/notes/note-kind";
import { useVisit } from "#components/records/visit";
import { useApi } from "#components/shell/api";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Dialog, DialogCancel } from "#components/ui/dialog";
import { useAnnounce } from "#components/ui/live-region";
import { MenuItem, MenuSeparator, RowMenu } from "#components/ui/menu";
import { Select } from "#components/ui/select";
import { Textarea } from "#components/ui/textarea";
import { ApiProblem } from "#lib/contract/client";
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

const changed = "Somebody changed this note a moment ago. Copy your text, close this dialog, and look at the new one.";

function EditDialog({ note, onClose }: { note: Note; onClose: () => void }) {
  const api = useApi();
  const router = useRouter();
  const visit = useVisit();
  const announce = useAnnounce();
  const [body, setBody] = useState(note.body);
  const [kind, setKind] = useState(note.kind);
  const form = useForm({
    async submit() {
      await api.call(noteEndpoints.update, { id: note.id, body, kind, if_version: note.version });
      await visit(() => router.refresh());
      announce("Note saved.");
      onClose();
    },
    onReject: ({ code }) => (code === "version_mismatch" ? { problem: { text: changed } } : undefined),
  });

  return (
    <Dialog
      open
      onClose={onClose}
      title="Edit note"
      edited={!form.busy && (body !== note.body || kind !== note.kind)}
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
        <Textarea label="Note" rows={8} value={body} onChange={(event) => setBody(event.target.value)} />
        <Select label="Kind" className="w-40" options={noteKindOptions} value={kind} onChange={setKind} />
      </div>
    </Dialog>
  );
}

function RemoveDialog({ note, open, onClose }: { note: Note; open: boolean; onClose: () => void }) {
  const api = useApi();
  const router = useRouter();
  const visit = useVisit();
  const announce = useAnnounce();

  async function remove() {
    try {
      await api.call(noteEndpoints.remove, { id: note.id, if_version: note.version });
    } catch (reason) {
      const code = reason instanceof ApiProblem ? reason.code : null;
      if (code === "version_mismatch") return "Somebody changed this note a moment ago. Reload the page first.";
      // Somebody else was quicker: it is as gone as it was meant to be.
      if (code !== "not_found") return problemOf(reason, false).text;
    }
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
      returnFocus={() => document.querySelector<HTMLElement>('textarea[name="note"]')}
    >
      You can't undo this.
    </ConfirmDialog>
  );
}
