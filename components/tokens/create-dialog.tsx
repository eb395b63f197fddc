"use client";

import { useRouter } from "next/navigation";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useVisit } from "#components/records/visit";
import { nameId, type Token } from "#components/tokens/cells";
import { CreateFields, type Maker } from "#components/tokens/create-fields";
import { FirstCall } from "#components/tokens/first-call";
import { fromLink, type Link } from "#components/tokens/from-link";
import { SecretLost } from "#components/tokens/secret-lost";
import { SecretShown } from "#components/tokens/secret-shown";
import { blankToken, type TokenValues, useTokenForm } from "#components/tokens/token-form";
import { Button } from "#components/ui/button";
import { Dialog, DialogCancel } from "#components/ui/dialog";
import { useAnnounce } from "#components/ui/live-region";

/** The secret lives in this state alone, and only until the dialog closes. */
type Stage = { at: "form" } | { at: "lost"; token: Token } | { at: "made"; token: Token; secret: string | null };

/** That the dialog is to open, and what it begins with. */
export interface Asked {
  values?: TokenValues | undefined;
  link?: Link;
}

interface CreateDialogProps extends Maker {
  /** Opens the dialog, once for each object. */
  asked: Asked;
  /** Holds the function that returns what is typed, for the draft. */
  draft: RefObject<() => TokenValues | null>;
}

const uncopied = {
  title: "Close without copying?",
  text: "The token isn't copied yet, and it won't be shown again.",
  stay: "Back to the token",
  leave: "Close without it",
};

/** The create dialog. It outlives a refresh of the list, which the secret must not. */
export function CreateDialog({ asked, draft, ...maker }: CreateDialogProps) {
  const list = `/${maker.company.slug}/settings/api-tokens`;
  const [open, setOpen] = useState(false);
  const [stage, setStage] = useState<Stage>({ at: "form" });
  const [copied, setCopied] = useState(false);
  /** What couldn't be taken from the link that opened the dialog. */
  const [problems, setProblems] = useState<readonly string[]>([]);
  /** A token was made that the list does not show yet. */
  const unlisted = useRef(false);
  const announce = useAnnounce();
  const router = useRouter();
  const visit = useVisit();

  const form = useTokenForm(({ token: secret, notice: _, ...token }) => {
    unlisted.current = true;
    setCopied(false);
    setStage(secret === null ? { at: "lost", token } : { at: "made", token, secret });
    if (secret !== null) announce("Token created. Copy it now: it won't be shown again.");
  });

  function begin(values = blankToken, missed: readonly string[] = []) {
    form.reset(values);
    setProblems(missed);
    setStage({ at: "form" });
    setOpen(true);
  }

  async function close() {
    // What is being made can't be called back, and its secret comes only once.
    if (form.busy) return;
    setOpen(false);
    if (stage.at === "form") return;
    if (stage.at === "made") setStage({ ...stage, secret: null });
    // Not before: a refresh that finds the session over leads to sign-in, and would take the secret along.
    if (!navigator.onLine) return;
    unlisted.current = false;
    await visit(() => (location.search ? router.push(list) : router.refresh()));
    // While the dialog still fades, it gives focus back by itself.
    if (!document.querySelector("[role=dialog]")) document.getElementById(nameId(stage.token.id))?.focus();
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: it opens once for each time that it is asked for
  useEffect(() => {
    const linked = asked.link && fromLink(asked.link);
    begin(asked.values ?? linked?.values, linked?.problems);
  }, [asked]);
  useEffect(() => {
    draft.current = () => (open && stage.at === "form" && form.edited ? form.values : null);
  });
  // Left by Back with the dialog open: Forward would bring the list as it was before.
  useEffect(() => () => (unlisted.current ? router.refresh() : undefined), [router]);

  const made = stage.at === "made" ? stage : null;
  // The new row, where it is there by now. Opened by a link, or from the empty list, there is no opener to return to.
  const focusAfter = () =>
    (stage.at === "form" ? null : document.getElementById(nameId(stage.token.id))) ??
    document.querySelector<HTMLElement>("main [aria-keyshortcuts=n]");
  return (
    <Dialog
      open={open}
      onClose={close}
      title={made ? "Copy your token now" : "Create token"}
      edited={made ? !copied && uncopied : stage.at === "form" && form.edited && !form.busy}
      outsidePress={made ? "ignore" : "close"}
      form={stage.at === "form" ? form.props : undefined}
      returnFocus={focusAfter}
      footer={
        <>
          {made && <FirstCall made={made.token} company={maker.company.slug} />}
          <DialogCancel>{made ? "Done" : stage.at === "lost" ? "Close" : "Cancel"}</DialogCancel>
          {stage.at === "form" && (
            <Button look="primary" type="submit" busy={form.busy}>
              Create token in {maker.company.name}
            </Button>
          )}
        </>
      }
    >
      {stage.at === "form" && <CreateFields form={form} problems={problems} {...maker} />}
      {stage.at === "lost" && <SecretLost token={stage.token} onRevoked={() => begin(form.values)} />}
      {made && (
        <SecretShown
          prefix={made.token.prefix}
          secret={made.secret}
          copied={copied}
          onCopied={() => setCopied(true)}
          onLeave={() => {
            setOpen(false);
            setStage({ ...made, secret: null });
          }}
        />
      )}
    </Dialog>
  );
}
