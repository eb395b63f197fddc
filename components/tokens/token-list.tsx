"use client";

import { type ReactNode, useEffect, useState } from "react";
import { useApi } from "#components/shell/api";
import { accessInWords } from "#components/tokens/access";
import { ExpiresCell, LastUsedCell, NameCell, StateCell, type Token } from "#components/tokens/cells";
import { Sparkline } from "#components/tokens/sparkline";
import { actionsFor, TokenMenu } from "#components/tokens/token-menu";
import { type Reader, useTokenActions } from "#components/tokens/use-token-actions";
import { type Column, Table } from "#components/ui/table";

interface TokenListProps extends Reader {
  tokens: readonly Token[];
  /** The server's time when it rendered, so that the server and the browser render the same text. */
  now: number;
  /** Whether the list has everyone's tokens, and a column for the member. */
  everyone: boolean;
  /** Shown if the list is empty. */
  empty: ReactNode;
}

/** At 960, the name has 213 px, or 157 with the member's column: enough for the prefix in one line. */
function columnsOf({ company, calls, everyone, now }: TokenListProps): Column<Token>[] {
  const [access, used, expires] = everyone ? [128, 128, 112] : [152, 144, 120];
  const columns: Column<Token>[] = [
    { id: "name", head: "Name", cell: (token) => <NameCell token={token} company={company} /> },
    { id: "member", head: "Member", width: 104, priority: 3, cell: ({ member }) => member.name },
    { id: "access", head: "Access", width: access, priority: 2, cell: ({ scopes }) => accessInWords(scopes) },
    { id: "used", head: "Last used", width: used, priority: 2, cell: (token) => <LastUsedCell token={token} /> },
    { id: "calls", head: "Calls", width: 115, priority: 4, cell: ({ id }) => <Sparkline calls={calls[id]} /> },
    {
      id: "expires",
      head: "Expires",
      width: expires,
      priority: 3,
      cell: (token) => <ExpiresCell token={token} now={now} />,
    },
    { id: "state", head: "Status", width: 168, cell: (token) => <StateCell token={token} now={now} /> },
  ];
  return columns.filter(({ id }) => everyone || id !== "member");
}

/** How often the list looks at tokens that are being rotated. */
const lookMs = 15_000;

/** One tab of the token page. A token that is revoked here stays in the list, marked as revoked, until the page is reloaded. */
export function TokenList(props: TokenListProps) {
  const { tokens, now, reader, isAdmin, empty } = props;
  const [changes, setChanges] = useState<readonly Token[]>([]);
  const rows = withChanges(tokens, changes);
  const show = (token: Token) => setChanges((before) => [...before, token]);
  const { choose, dialog, problem } = useTokenActions(props, show);
  const rotated = rows.filter(({ rotation }) => rotation !== null).map(({ id }) => id);
  useLook(rotated, show);
  return (
    <>
      {problem}
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
      {dialog}
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
      try {
        const { read } = await import("#components/tokens/token-calls");
        for (const id of wanted.split(" ")) onSeen(await read(api, id, leave.signal));
      } catch {
        // No connection, or left. The next look tries again.
      }
    };
    const timer = setInterval(look, lookMs);
    return () => {
      clearInterval(timer);
      leave.abort();
    };
  }, [api, wanted]);
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
