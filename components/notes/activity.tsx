import type { ComponentType } from "react";
import { EarlierActivity } from "#components/notes/earlier-activity";
import { Markdown } from "#components/notes/markdown";
import { NoteActions } from "#components/notes/note-actions";
import { NoteComposer } from "#components/notes/note-composer";
import { type About, type Note, noteKindIcons, noteKindOptions } from "#components/notes/note-kind";
import type { FieldChanges } from "#components/records/changed-fields";
import { namesOf } from "#components/records/names";
import { Avatar } from "#components/ui/avatar";
import { RelativeTime } from "#components/ui/time";

interface Change {
  id: string;
  created_at: string;
  member_id: string;
  token_id: string | null;
  action: string;
  changes: FieldChanges;
}

type Named = readonly { id: string; name: string }[];

interface ActivityProps {
  about: About;
  /** “contact” */
  noun: string;
  notes: readonly Note[];
  changes: readonly Change[];
  people: Named;
  tokens: Named;
  /** Whether nothing is older. */
  complete: boolean;
  /** The value of `activity` in the URL that shows more; null if that is all it can show. */
  more: number | null;
  /** Shows which fields changed, and how. */
  Changed: ComponentType<{ changes: FieldChanges }>;
}

/** This many characters of a page are read as Markdown, 130 ms at worst; the rest is shown as it was written. */
const mostMarkdown = 50_000;

/** The notes about a record and its changes in one timeline, the latest first, with a place to write another note. */
export function Activity({ about, noun, notes, changes, people, tokens, complete, more, Changed }: ActivityProps) {
  const [names, tokenNames] = [namesOf(people), namesOf(tokens)];
  const who = (member_id: string) => names.get(member_id) ?? "A former member";
  const through = (token_id: string | null) => token_id && (tokenNames.get(token_id) ?? "an API token");
  let read = 0;
  const entries = [
    ...notes.map((note) => {
      read += note.body.length;
      const by = { author: who(note.created_by.member_id), token: through(note.created_by.token_id) };
      const entry = <NoteEntry key={note.id} note={note} {...by} isMarkdown={read <= mostMarkdown} />;
      return { key: note.id, at: note.occurred_at, entry };
    }),
    ...changes.map((change) => {
      const by = { author: who(change.member_id), token: through(change.token_id) };
      const entry = <ChangeEntry key={change.id} {...{ change, noun, Changed, ...by }} />;
      return { key: change.id, at: change.created_at, entry };
    }),
  ].sort((one, other) => other.at.localeCompare(one.at));
  return (
    <section aria-labelledby="activity">
      <h2 id="activity" className="mb-3 text-title font-semibold">
        Activity
      </h2>
      <NoteComposer about={about} />
      <ol className="mt-6 flex flex-col gap-6">
        {entries.map(({ key, entry }) => (
          <li key={key} tabIndex={-1}>
            {entry}
          </li>
        ))}
      </ol>
      <EarlierActivity complete={complete} more={more} />
    </section>
  );
}

interface By {
  author: string;
  /** The name of the token it came through. */
  token: string | null;
}

function NoteEntry({ note, author, token, isMarkdown }: By & { note: Note; isMarkdown: boolean }) {
  const Icon = noteKindIcons[note.kind];
  const kind = noteKindOptions.find(({ value }) => value === note.kind)?.label;
  return (
    <article aria-label={`${kind} by ${author}`} className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3">
      <Avatar id={note.created_by.member_id} name={author} />
      <div className="min-w-0">
        <div className="flex min-h-6 items-start justify-between gap-2">
          <p className="flex min-w-0 flex-wrap items-center gap-x-2">
            <span className="font-medium">{author}</span>
            <span className="inline-flex items-center gap-1 text-muted">
              <Icon size={14} aria-hidden />
              {kind}
            </span>
            <Through token={token} />
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

function ChangeEntry({
  change,
  noun,
  Changed,
  author,
  token,
}: By & { change: Change } & Pick<ActivityProps, "noun" | "Changed">) {
  const isCreation = change.action === `${noun}.created`;
  const what = isCreation ? `created this ${noun}` : "made a change";
  return (
    <article aria-label={`${author} ${what}`} className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3">
      <Avatar id={change.member_id} name={author} />
      <div className="min-w-0 py-0.5">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2">
          <span className="font-medium">{author}</span>
          <span className="text-muted">{isCreation ? what : "changed"}</span>
          <Through token={token} />
          <span className="text-muted">
            <RelativeTime value={change.created_at} />
          </span>
        </p>
        {!isCreation && <Changed changes={change.changes} />}
      </div>
    </article>
  );
}

/** “via Nightly sync” */
function Through({ token }: Pick<By, "token">) {
  return token && <span className="min-w-0 wrap-anywhere text-muted">via {token}</span>;
}
