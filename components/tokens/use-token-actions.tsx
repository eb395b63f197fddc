"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { type FormProblem, ProblemBanner, problemOf } from "#components/forms/problem";
import { useApi } from "#components/shell/api";
import { nameId, type Token } from "#components/tokens/cells";
import type { Action } from "#components/tokens/token-menu";
import { late, useLate } from "#components/ui/late";
import { useAnnounce } from "#components/ui/live-region";
import type { Scope } from "#lib/vocabulary";

const editing = late(() => import("#components/tokens/edit-dialog"));
const rotating = late(() => import("#components/tokens/rotate-dialog"));
const ending = late(() => import("#components/tokens/end-rotation-dialog"));
const suspending = late(() => import("#components/tokens/suspend-dialog"));
const revoking = late(() => import("#components/tokens/revoke-dialog"));

/** Who looks at tokens, and what they can do. */
export interface Reader {
  company: string;
  reader: Token["member"];
  /** The scopes of their role. */
  held: readonly Scope[];
  /** They can manage everyone's tokens, and let tokens never expire. */
  isAdmin: boolean;
  /** Calls on each of the last 30 days, by token. */
  calls: Readonly<Record<string, readonly number[]>>;
}

interface Doing {
  what: Exclude<Action, "resume" | "restore">;
  token: Token;
  open: boolean;
  /** Increases with each opening, so that each starts over. */
  turn: number;
}

interface Actions {
  choose: (action: Action, token: Token) => void;
  /** The dialog of the action. */
  dialog: ReactNode;
  /** Why the last one without a dialog failed. */
  problem: ReactNode;
}

/** What can be done with tokens. `onChanged` gets the token as it is afterward; the page is refreshed, too. */
export function useTokenActions(who: Reader, onChanged: (token: Token) => void): Actions {
  const [doing, setDoing] = useState<Doing | null>(null);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const router = useRouter();
  const api = useApi();
  const announce = useAnnounce();
  const dialogs = useDialogs(doing?.what);

  /** The refresh updates the tabs' counts, and keeps Back and Forward from showing an older page. */
  function change(token: Token) {
    onChanged(token);
    router.refresh();
  }

  async function act(action: "resume" | "restore", token: Token) {
    setProblem(null);
    try {
      const { revive } = await import("#components/tokens/token-calls");
      change(await revive(api, action, token.id));
      announce(action === "resume" ? `“${token.name}” works again.` : `“${token.name}” is no longer revoked.`);
    } catch (failure) {
      setProblem(problemOf(failure, false));
    }
  }

  const choose = (action: Action, token: Token) =>
    action === "resume" || action === "restore"
      ? act(action, token)
      : setDoing({ what: action, token, open: true, turn: (doing?.turn ?? 0) + 1 });
  const close = () => setDoing((before) => before && { ...before, open: false });
  return {
    choose,
    dialog: doing && (
      <TokenDialog key={doing.turn} {...{ ...who, dialogs, doing }} onClose={close} onChanged={change} />
    ),
    problem: problem && (
      <div className="mb-4">
        <ProblemBanner problem={problem} />
      </div>
    ),
  };
}

/** The code of the dialogs. It is loaded when the browser is idle, or at once for the action that begins. */
function useDialogs(what: Doing["what"] | undefined) {
  return {
    edit: useLate(editing, what === "edit"),
    rotate: useLate(rotating, what === "rotate"),
    end: useLate(ending, what === "finish" || what === "cancel"),
    suspend: useLate(suspending, what === "suspend"),
    revoke: useLate(revoking, what === "revoke"),
  };
}

interface TokenDialogProps extends Reader {
  dialogs: ReturnType<typeof useDialogs>;
  doing: Doing;
  onClose: () => void;
  onChanged: (token: Token) => void;
}

/** The dialog of an action, once its code is there. */
function TokenDialog({ dialogs, doing, onClose, onChanged, ...who }: TokenDialogProps) {
  const { edit, rotate, end, suspend, revoke } = dialogs;
  const { what, token, open } = doing;
  const { reader, held, isAdmin, company } = who;
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
      {revoke && <revoke.RevokeDialog {...dialog} calls={who.calls[token.id]} reader={reader} onRevoked={onRevoked} />}
    </>
  );
}

/** The menu in the token's row, or in the head of its page. Without one, the name. */
function rowFocus(id: string): HTMLElement | null {
  const name = document.getElementById(nameId(id));
  return name?.closest("tr, header")?.querySelector<HTMLElement>("[aria-haspopup=menu]") ?? name;
}
