"use client";

import { CircleCheck, Pause, Pencil, Play, RefreshCw, Trash2, Undo2, X } from "lucide-react";
import type { ReactNode } from "react";
import type { Token } from "#components/tokens/cells";
import { MenuItem, RowMenu } from "#components/ui/menu";
import { tokenLimits } from "#lib/vocabulary";

/** What can be done with a token: with a dialog, or at once (`resume`, `restore`). */
export type Action = "edit" | "rotate" | "finish" | "cancel" | "suspend" | "resume" | "revoke" | "restore";

const items: Record<Action, [string, ReactNode]> = {
  edit: ["Edit", <Pencil key="" size={16} />],
  rotate: ["Rotate", <RefreshCw key="" size={16} />],
  finish: ["Finish rotation", <CircleCheck key="" size={16} />],
  cancel: ["Cancel rotation", <X key="" size={16} />],
  suspend: ["Suspend", <Pause key="" size={16} />],
  resume: ["Resume", <Play key="" size={16} />],
  revoke: ["Revoke", <Trash2 key="" size={16} />],
  restore: ["Undo revocation", <Undo2 key="" size={16} />],
};

/** What this person can do with the token now. */
export function actionsFor(token: Token, reader: Token["member"], mayAll: boolean, now: number): Action[] {
  const { status, rotation, revoked_at, revoked_by, revoked_reason, suspended_by } = token;
  if (status === "revoked") {
    const isRecent = revoked_at !== null && now - Date.parse(revoked_at) < tokenLimits.restorableMinutes * 60_000;
    return isRecent && revoked_by?.id === reader.id && revoked_reason !== "leaked" ? ["restore"] : [];
  }
  if (status === "expired") return [];
  const rotating: Action[] = rotation ? ["finish", "cancel"] : ["rotate"];
  const mayResume = mayAll || suspended_by?.id === reader.id;
  const suspending: Action[] = status === "active" ? ["suspend"] : mayResume ? ["resume"] : [];
  return ["edit", ...rotating, ...suspending, "revoke"];
}

interface TokenMenuProps {
  token: Token;
  actions: readonly Action[];
  onSelect: (action: Action) => void;
}

export function TokenMenu({ token, actions, onSelect }: TokenMenuProps) {
  return (
    <RowMenu label={`Actions for ${token.name}`}>
      {actions.map((action) => {
        const [label, icon] = items[action];
        return (
          <MenuItem key={action} icon={icon} danger={action === "revoke"} onSelect={() => onSelect(action)}>
            {label}
          </MenuItem>
        );
      })}
    </RowMenu>
  );
}
