import Link from "next/link";
import { Markdown } from "#components/notes/markdown";
import { NoteActions } from "#components/notes/note-actions";
import { NoteComposer } from "#components/notes/note-composer";
import { noteKindIcons, noteKindOptions } from "#components/notes/note-kind";
import { namesOf } from "#components/records/names";
import { Avatar } from "#components/ui/avatar";
import { RelativeTime } from "#components/ui/time";
import type { AnswerOf } from "#lib/contract/endpoint";
import type { noteEndpoints } from "#lib/contract/records";

export type Note = AnswerOf<typeof noteEndpoints.read> & { may_change: boolean };
/** What a note is about. */
export type About = { account_id: string } | { contact_id: string };

interface NoteListProps {
  about: About;
  data: readonly Note[];
  pagination: { has_more: boolean };
  /** The authors. */
  people: readonly { id: string; name: string }[];
}

/** So many characters of a page are read as Markdown, 130 ms at worst; what is beyond is shown as it was written. */
const mostMarkdown = 50_000;

/** The notes of a record, the latest first, with a place to write another one. */
export function NoteList({ about, data, pagination, people }: NoteListProps) {
  const names = namesOf(people);
  let read = 0;
  const entries = data.map((note) => {
    read += note.body.length;
    return { note, isMarkdown: read <= mostMarkdown };
  });
  return (
    <section aria-labelledby="notes">
      <h2 id="notes" className="mb-3 text-title font-semibold">
        Notes
      </h2>
      <NoteComposer about={about} />
      <ol className="mt-6 flex flex-col gap-6">
        {entries.map(({ note, isMarkdown }) => (
          <li key={note.id}>
            <NoteEntry
              note={note}
              author={names.get(note.created_by.member_id) ?? "A former member"}
              isMarkdown={isMarkdown}
            />
          </li>
        ))}
      </ol>
      {pagination.has_more && (
        <p className="mt-6 text-muted">
          These are the latest {data.length} notes.{" "}
          <Link href="/docs/api#list-notes" className="link">
            List all of them with the API
          </Link>
        </p>
      )}
    </section>
  );
}

function NoteEntry({ note, author, isMarkdown }: { note: Note; author: string; isMarkdown: boolean }) {
  const Icon = noteKindIcons[note.kind];
  const kind = noteKindOptions.find(({ value }) => value === note.kind)?.label;
  return (
    <article aria-label={`${kind} by ${author}`} className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3">
      <Avatar id={note.created_by.member_id} name={author} />
      <div className="min-w-0">
        <div className="flex min-h-6 items-start justify-between gap-2">
          <p className="flex flex-wrap items-center gap-x-2">
            <span className="font-medium">{author}</span>
            <span className="inline-flex items-center gap-1 text-muted">
              <Icon size={14} aria-hidden />
              {kind}
              {note.created_by.token_id && ", through an API token"}
            </span>
            <span className="text-muted">
              <RelativeTime value={note.occurred_at} />
              {note.version > 1 && " · edited"}
            </span>
          </p>
          {note.may_change && <NoteActions note={note} />}
        </div>
        <div className="mt-1">
          {isMarkdown ? (
            <Markdown text={note.body} />
          ) : (
            <p className="wrap-anywhere whitespace-pre-line">{note.body}</p>
          )}
        </div>
      </div>
    </article>
  );
}
