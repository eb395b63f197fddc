import { Mail, Phone, StickyNote, Users } from "lucide-react";
import type { AnswerOf } from "#lib/contract/endpoint";
import type { noteEndpoints } from "#lib/contract/records";
import type { NoteKind } from "#lib/vocabulary";

export type Note = AnswerOf<typeof noteEndpoints.read> & { may_change: boolean };
/** What a note is about. */
export type About = { account_id: string } | { contact_id: string };

export const noteKindIcons = { note: StickyNote, call: Phone, email: Mail, meeting: Users };

export const noteKindOptions: readonly { value: NoteKind; label: string }[] = [
  { value: "note", label: "Note" },
  { value: "call", label: "Call" },
  { value: "email", label: "Email" },
  { value: "meeting", label: "Meeting" },
];
