"use client";

import { useRef, useState } from "react";
import { nameId, StateCell, type Token } from "#components/tokens/cells";
import { actionsFor, TokenMenu } from "#components/tokens/token-menu";
import { type Reader, useTokenActions } from "#components/tokens/use-token-actions";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";
import { RelativeTime } from "#components/ui/time";
import { shownNetwork } from "#lib/format/shown-network";

interface TokenHeadProps extends Reader {
  token: Token;
  /** The server's time when it rendered. */
  now: number;
}

/** The head of a token's page: what it is, what to worry about, and what can be done with it. */
export function TokenHead({ token: loaded, now, ...who }: TokenHeadProps) {
  const [changed, setChanged] = useState<Token | null>(null);
  const prefix = useRef<HTMLElement>(null);
  const token = changed && changed.version > loaded.version ? changed : loaded;
  const { choose, dialog, problem } = useTokenActions(who, setChanged);
  const actions = actionsFor(token, who.reader, who.isAdmin, now);
  const more = actions.filter((action) => action !== "rotate" && action !== "edit");
  return (
    <>
      <header className="mb-6 flex flex-col gap-x-6 gap-y-4 sm:flex-row sm:items-start sm:justify-between">
        <div className="min-w-0">
          <h1 id={nameId(token.id)} tabIndex={-1} className="rounded-badge text-page font-semibold wrap-anywhere">
            {token.name}
          </h1>
          <p className="mt-1 flex flex-wrap items-center gap-x-2 text-muted">
            <code ref={prefix}>{token.prefix}</code>
            <CopyButton look="quiet" size="bar" value={token.prefix} target={prefix} name="prefix">
              Copy
            </CopyButton>
          </p>
        </div>
        <div className="flex shrink-0 flex-wrap items-center gap-2">
          {actions.includes("rotate") && (
            <Button className="max-sm:grow" onClick={() => choose("rotate", token)}>
              Rotate
            </Button>
          )}
          {actions.includes("edit") && (
            <Button className="max-sm:grow" onClick={() => choose("edit", token)}>
              Edit
            </Button>
          )}
          {more.length > 0 && <TokenMenu {...{ token, actions: more }} onSelect={(action) => choose(action, token)} />}
        </div>
      </header>
      {problem}
      <div className="mb-6 flex flex-col gap-3">
        <div>
          <StateCell token={token} now={now} warnings={false} />
        </div>
        <Warnings token={token} />
      </div>
      {dialog}
    </>
  );
}

function Warnings({ token: { status, exposed_at, old_secret_used_at, old_secret_used_from } }: { token: Token }) {
  if (status !== "active") return null;
  return (
    <>
      {exposed_at && (
        <Banner tone="danger">
          A request contained this token in its URL or body <RelativeTime value={exposed_at} />, where others may have
          seen it. Rotate it, and choose that the old secret stops working.
        </Banner>
      )}
      {old_secret_used_at && (
        <Banner tone="warning">
          Something still sends an old secret: last <RelativeTime value={old_secret_used_at} />
          {old_secret_used_from && `, from ${shownNetwork(old_secret_used_from)}`}. It is rejected. Give it the new one.
        </Banner>
      )}
    </>
  );
}
