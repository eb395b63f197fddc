"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { type FormProblem, ProblemBanner, problemOf } from "#components/forms/problem";
import { useApi } from "#components/shell/api";
import { accessInWords } from "#components/tokens/access";
import { ExpiresCell, LastUsedCell, NameCell, nameId, StateCell, type Token } from "#components/tokens/cells";
import { type Action, actionsFor, TokenMenu } from "#components/tokens/token-menu";
import { late, useLate } from "#components/ui/late";
import { useAnnounce } from "#components/ui/live-region";
import { type Column, Table } from "#components/ui/table";
import { Time } from "#components/ui/time";
import { restoreToken, resumeToken } from "#lib/contract/token-life";
import { readToken } from "#lib/contract/tokens";
import type { Scope } from "#lib/vocabulary";

const editing = late(() => import("#components/tokens/edit-dialog"));
const rotating = late(() => import("#components/tokens/rotate-dialog"));
const ending = late(() => import("#components/tokens/end-rotation-dialog"));
const suspending = late(() => import("#components/tokens/suspend-dialog"));
const revoking = late(() => import("#components/tokens/revoke-dialog"));

interface TokenListProps {
  tokens: readonly Token[];
  /** The server's time when it rendered, so that the server and the browser render the same text. */
  now: number;
  /** The person who is looking at the list. */
  reader: Token["member"];
  company: string;
  /** The scopes of their role, and whether they can let tokens never expire and manage everyone's. */
  held: readonly Scope[];
  isAdmin: boolean;
  /** Whether the list has everyone's tokens, and a column for the member. */
  everyone: boolean;
  /** Shown if the list is empty. */
  empty: ReactNode;
}

interface Doing {
  what: Exclude<Action, "resume" | "restore">;
  token: Token;
  open: boolean;
  /** Increases with each opening, so that each starts over. */
  turn: number;
}

/** At 976, the name has 248 px, or 196 with the member's column: enough for the prefix in one line. */
function columnsOf({ everyone, now }: TokenListProps): Column<Token>[] {
  const [access, used, short] = everyone ? [120, 132, 112] : [160, 152, 120];
  const columns: Column<Token>[] = [
    { id: "name", head: "Name", cell: (token) => <NameCell token={token} /> },
    { id: "member", head: "Member", width: 112, priority: 3, cell: ({ member }) => member.name },
    { id: "access", head: "Access", width: access, priority: 3, cell: ({ scopes }) => accessInWords(scopes) },
    { id: "used", head: "Last used", width: used, priority: 2, cell: (token) => <LastUsedCell token={token} /> },
    {
      id: "expires",
      head: "Expires",
      width: short,
      priority: 2,
      cell: (token) => <ExpiresCell token={token} now={now} />,
    },
    { id: "made", head: "Created", width: short, priority: 3, cell: ({ created_at }) => <Time value={created_at} /> },
    { id: "state", head: "Status", width: 132, cell: (token) => <StateCell token={token} now={now} /> },
  ];
  return columns.filter(({ id }) => everyone || id !== "member");
}

/** How often the list looks at tokens that are being rotated. */
const lookMs = 15_000;

/** One tab of the token page. A token that is revoked here stays in the list, marked as revoked, until the page is reloaded. */
export function TokenList(props: TokenListProps) {
  const { tokens, now, reader, isAdmin, empty } = props;
  const [doing, setDoing] = useState<Doing | null>(null);
  const [changes, setChanges] = useState<readonly Token[]>([]);
  const router = useRouter();
  const api = useApi();
  const announce = useAnnounce();
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const rows = withChanges(tokens, changes);
  const begin = (what: Doing["what"], token: Token) =>
    setDoing({ what, token, open: true, turn: (doing?.turn ?? 0) + 1 });

  const show = (token: Token) => setChanges((before) => [...before, token]);

  /** Shows a change at once. The refresh updates the tabs' counts, and keeps Back and Forward from showing an older list. */
  function change(token: Token) {
    show(token);
    router.refresh();
  }

  /** What needs no question. */
  async function act(action: "resume" | "restore", token: Token) {
    setProblem(null);
    try {
      await api.call(action === "resume" ? resumeToken : restoreToken, { id: token.id });
      change(await api.call(readToken, { id: token.id }));
      announce(action === "resume" ? `“${token.name}” works again.` : `“${token.name}” is no longer revoked.`);
    } catch (failure) {
      setProblem(problemOf(failure, false));
    }
  }

  const rotated = rows.filter(({ rotation }) => rotation !== null).map(({ id }) => id);
  useLook(rotated, show);
  const choose = (action: Action, token: Token) =>
    action === "resume" || action === "restore" ? act(action, token) : begin(action, token);
  return (
    <>
      {problem && (
        <div className="mb-4">
          <ProblemBanner problem={problem} />
        </div>
      )}
      {rows.length > 0 && (
        <Table
          label="API tokens"
          columns={columnsOf(props)}
          rows={rows}
          rowKey={({ id }) => id}
          menu={(token) => {
            const actions = actionsFor(token, reader, isAdmin, now);
            return (
              actions.length > 0 && <TokenMenu {...{ token, actions }} onSelect={(action) => choose(action, token)} />
            );
          }}
        />
      )}
      {tokens.length === 0 && <div className={rows.length > 0 ? "mt-4" : undefined}>{empty}</div>}
      {doing && (
        <TokenDialog
          key={doing.turn}
          {...props}
          doing={doing}
          onClose={() => setDoing((before) => before && { ...before, open: false })}
          onChanged={change}
        />
      )}
    </>
  );
}

/** Reads tokens again from time to time while the page is visible: what is done with them elsewhere decides what to do here. */
function useLook(ids: readonly string[], onSeen: (token: Token) => void) {
  const api = useApi();
  const wanted = ids.join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the handler only adds to a state
  useEffect(() => {
    if (wanted === "") return;
    const leave = new AbortController();
    const look = async () => {
      if (document.hidden) return;
      for (const id of wanted.split(" "))
        await api.call(readToken, { id }, { signal: leave.signal }).then(onSeen, () => {
          // No connection. The next look tries again.
        });
    };
    const timer = setInterval(look, lookMs);
    return () => {
      clearInterval(timer);
      leave.abort();
    };
  }, [api, wanted]);
}

type TokenDialogProps = TokenListProps & { doing: Doing; onClose: () => void; onChanged: (token: Token) => void };

/** The dialog of an action. Its code is loaded when it is first needed. */
function TokenDialog({ doing, onClose, onChanged, ...list }: TokenDialogProps) {
  const { what, token, open } = doing;
  const edit = useLate(editing, what === "edit");
  const rotate = useLate(rotating, what === "rotate");
  const end = useLate(ending, what === "finish" || what === "cancel");
  const suspend = useLate(suspending, what === "suspend");
  const revoke = useLate(revoking, what === "revoke");
  const { reader, held, isAdmin, company } = list;
  const dialog = { token, open, onClose, onChanged, returnFocus: () => rowFocus(token.id) };

  function onRevoked() {
    const ended = { status: "revoked", revoked_at: new Date().toISOString(), revoked_by: reader } as const;
    onChanged({ ...token, ...ended, rotation: null, version: token.version + 1 });
  }

  return (
    <>
      {edit && <edit.EditDialog {...dialog} reader={reader} held={held} mayNever={isAdmin} />}
      {rotate && <rotate.RotateDialog {...dialog} company={company} />}
      {end && <end.EndRotationDialog {...dialog} keep={what === "finish" ? "new" : "old"} />}
      {suspend && <suspend.SuspendDialog {...dialog} />}
      {revoke && <revoke.RevokeDialog {...dialog} reader={reader} onRevoked={onRevoked} />}
    </>
  );
}

/** The row's menu, or its name if it no longer has a menu. */
function rowFocus(id: string): HTMLElement | null {
  const name = document.getElementById(nameId(id));
  return name?.closest("tr")?.querySelector("button") ?? name;
}

/** The server's rows with the changes made here since. Newest first, as on the server: newer ids sort after older ones. */
function withChanges(tokens: readonly Token[], changes: readonly Token[]): Token[] {
  const rows = new Map(tokens.map((token) => [token.id, token]));
  for (const changed of changes) {
    const row = rows.get(changed.id);
    if (row ? isNewer(changed, row) : changed.status === "revoked") rows.set(changed.id, changed);
  }
  return [...rows.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** A use makes no new version. */
function isNewer(changed: Token, row: Token): boolean {
  const [one, other] = [changed, row].map(({ last_used_at }) => last_used_at ?? "") as [string, string];
  return changed.version > row.version || (changed.version === row.version && one >= other);
}
