"use client";

import { useState } from "react";
import { ProblemBanner } from "#components/forms/problem";
import { useForm } from "#components/forms/use-form";
import { useApi } from "#components/shell/api";
import type { Token } from "#components/tokens/cells";
import type { TokenDialogProps } from "#components/tokens/edit-dialog";
import { FirstCall } from "#components/tokens/first-call";
import { LastUsed } from "#components/tokens/last-used";
import { SecretShown } from "#components/tokens/secret-shown";
import { Banner } from "#components/ui/banner";
import { Button } from "#components/ui/button";
import { Dialog, DialogCancel } from "#components/ui/dialog";
import { useAnnounce } from "#components/ui/live-region";
import { RadioGroup } from "#components/ui/radio-group";
import { rotateToken } from "#lib/contract/token-life";

type Overlap = "24" | "168" | "0" | "exposed";

const overlaps: { value: Overlap; label: string; help: string }[] = [
  { value: "24", label: "24 hours", help: "The old secret works for 24 hours after the new one's first use." },
  { value: "168", label: "7 days", help: "The old secret works for 7 days after the new one's first use." },
  { value: "0", label: "Until first use", help: "The old secret stops working when the new one is first used." },
  {
    value: "exposed",
    label: "Not at all",
    help: "The old secret stops working now. Choose this if others may know it. Whatever uses it fails until it has the new one.",
  },
];

const uncopied = {
  title: "Close without copying?",
  text: "The new secret isn't copied yet, and it won't be shown again. You can cancel the rotation and start another.",
  stay: "Back to the secret",
  leave: "Close without it",
};

/** `secret` is null after it was cleared, or if the response with it was lost. */
type Made = { token: Token; secret: string | null; lost: boolean };

/** Gives a token a new secret, and shows it once. */
export function RotateDialog({
  token,
  company,
  open,
  onClose,
  onChanged,
  returnFocus,
}: TokenDialogProps & { company: string }) {
  const api = useApi();
  const announce = useAnnounce();
  const [overlap, setOverlap] = useState<Overlap>("24");
  const [made, setMade] = useState<Made | null>(null);
  const [copied, setCopied] = useState(false);
  const form = useForm({
    input: { overlap },
    async submit(_, key) {
      const input = overlap === "exposed" ? { reason: overlap } : { overlap_hours: Number(overlap) };
      const {
        token: secret,
        notice: __,
        ...rotated
      } = await api.call(rotateToken, { id: token.id, ...input }, { key });
      setMade({ token: rotated, secret, lost: secret === null });
      if (secret !== null) announce("New secret created. Copy it now: it won't be shown again.");
    },
  });

  function close() {
    // The secret comes only once.
    if (form.busy) return;
    onClose();
    if (!made) return;
    setMade({ ...made, secret: null });
    onChanged(made.token);
  }

  const isShown = made !== null && !made.lost;
  return (
    <Dialog
      open={open}
      onClose={close}
      title={isShown ? "Copy the new secret now" : "Rotate token"}
      edited={isShown && !copied && uncopied}
      outsidePress={isShown ? "ignore" : "close"}
      form={made ? undefined : form.props}
      returnFocus={returnFocus}
      footer={
        <>
          {isShown && <FirstCall made={made.token} company={company} />}
          <DialogCancel>{isShown ? "Done" : made ? "Close" : "Cancel"}</DialogCancel>
          {!made && (
            <Button look="primary" type="submit" busy={form.busy}>
              Rotate token
            </Button>
          )}
        </>
      }
    >
      {!made && (
        <div className="flex flex-col gap-6">
          <ProblemBanner problem={form.problem} />
          <p>
            “{token.name}” gets a new secret. Its name, access, and history stay. <LastUsed token={token} />
          </p>
          <RadioGroup
            label="How long the old secret keeps working"
            name="overlap"
            look="cards"
            options={overlaps}
            value={overlap}
            onChange={setOverlap}
            help={overlaps.find(({ value }) => value === overlap)?.help}
          />
        </div>
      )}
      {made?.lost && (
        <Banner tone="warning" role="alert">
          The new secret didn't arrive, and it can't be shown again. Cancel the rotation and start another.
        </Banner>
      )}
      {isShown && (
        <SecretShown
          prefix={made.token.prefix}
          secret={made.secret}
          copied={copied}
          onCopied={() => setCopied(true)}
          onLeave={() => setMade({ ...made, secret: null })}
        />
      )}
    </Dialog>
  );
}
