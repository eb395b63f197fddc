import { Mail, Phone, StickyNote, Users } from "lucide-react";
import type { NoteKind } from "#lib/vocabulary";

export const noteKindIcons = { note: StickyNote, call: Phone, email: Mail, meeting: Users };

export const noteKindOptions: readonly { value: NoteKind; label: string }[] = [
  { value: "note", label: "Note" },
  { value: "call", label: "Call" },
  { value: "email", label: "E-mail" },
  { value: "meeting", label: "Meeting" },
];
