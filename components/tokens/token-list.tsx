"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { accessInWords } from "#components/tokens/access";
import { ExpiresCell, LastUsedCell, NameCell, nameId, StateCell, type Token } from "#components/tokens/cells";
import { late, useLate } from "#components/ui/late";
import { MenuItem, RowMenu } from "#components/ui/menu";
import { type Column, Table } from "#components/ui/table";
import { Time } from "#components/ui/time";

const renaming = late(() => import("#components/tokens/rename-dialog"));
const revoking = late(() => import("#components/tokens/revoke-dialog"));

interface TokenListProps {
  tokens: readonly Token[];
  /** The server's time when it rendered, so that the server and the browser render the same text. */
  now: number;
  /** The person who is looking at the list. */
  reader: Token["member"];
  /** Whether the list has everyone's tokens, and a column for the member. */
  everyone: boolean;
  /** Shown if the list is empty. */
  empty: ReactNode;
}

interface Doing {
  what: "rename" | "revoke";
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

/** One tab of the token page. A token that is revoked here stays in the list, marked as revoked, until the page is reloaded. */
export function TokenList(props: TokenListProps) {
  const { tokens, reader, empty } = props;
  const [doing, setDoing] = useState<Doing | null>(null);
  const [changes, setChanges] = useState<readonly Token[]>([]);
  const router = useRouter();
  const rename = useLate(renaming, doing?.what === "rename");
  const revoke = useLate(revoking, doing?.what === "revoke");
  const rows = withChanges(tokens, changes);
  const begin = (what: Doing["what"], token: Token) =>
    setDoing({ what, token, open: true, turn: (doing?.turn ?? 0) + 1 });
  const close = () => setDoing((before) => before && { ...before, open: false });

  /** Shows a change at once. The refresh updates the tabs' counts, and keeps Back and Forward from showing an older list. */
  function change(token: Token) {
    setChanges((before) => [...before, token]);
    router.refresh();
  }

  function onRevoked(token: Token) {
    const ended = { status: "revoked", revoked_at: new Date().toISOString(), revoked_by: reader } as const;
    change({ ...token, ...ended, version: token.version + 1 });
  }

  const dialog = doing && {
    token: doing.token,
    open: doing.open,
    onClose: close,
    returnFocus: () => rowFocus(doing.token.id),
  };
  return (
    <>
      {rows.length > 0 && (
        <Table
          label="API tokens"
          columns={columnsOf(props)}
          rows={rows}
          rowKey={({ id }) => id}
          menu={(token) => isLive(token) && <TokenMenu token={token} onSelect={(what) => begin(what, token)} />}
        />
      )}
      {tokens.length === 0 && <div className={rows.length > 0 ? "mt-4" : undefined}>{empty}</div>}
      {dialog && rename && <rename.RenameDialog key={doing.turn} {...dialog} onRenamed={change} />}
      {dialog && revoke && <revoke.RevokeDialog key={doing.turn} {...dialog} reader={reader} onRevoked={onRevoked} />}
    </>
  );
}

function isLive({ status }: Token): boolean {
  return status === "active" || status === "suspended";
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
    if (row ? row.version < changed.version : changed.status === "revoked") rows.set(changed.id, changed);
  }
  return [...rows.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
}

function TokenMenu({ token, onSelect }: { token: Token; onSelect: (what: Doing["what"]) => void }) {
  return (
    <RowMenu label={`Actions for ${token.name}`}>
      <MenuItem icon={<Pencil size={16} />} onSelect={() => onSelect("rename")}>
        Rename
      </MenuItem>
      <MenuItem danger icon={<Trash2 size={16} />} onSelect={() => onSelect("revoke")}>
        Revoke
      </MenuItem>
    </RowMenu>
  );
}
