"use client";

import { useState } from "react";
import { ProblemBanner } from "#components/forms/problem";
import { useForm } from "#components/forms/use-form";
import { useApi } from "#components/shell/api";
import { type Access, accessOf, type Levels, levelsOf, presets, scopesOf } from "#components/tokens/access";
import { AccessField } from "#components/tokens/access-field";
import type { Token } from "#components/tokens/cells";
import { day, lifetimes, never } from "#components/tokens/expiry";
import { tokenWords } from "#components/tokens/token-form";
import { Button } from "#components/ui/button";
import { Dialog, DialogCancel } from "#components/ui/dialog";
import { useAnnounce } from "#components/ui/live-region";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import { Textarea } from "#components/ui/textarea";
import { tokenPatch } from "#lib/contract/token";
import { readToken, updateToken } from "#lib/contract/tokens";
import { type Scope, withIncluded } from "#lib/vocabulary";

export interface TokenDialogProps {
  token: Token;
  open: boolean;
  onClose: () => void;
  onChanged: (token: Token) => void;
  returnFocus: () => HTMLElement | null;
}

interface EditDialogProps extends TokenDialogProps {
  reader: Token["member"];
  /** The scopes of the reader's role. */
  held: readonly Scope[];
  mayNever: boolean;
}

interface Values {
  name: string;
  access: Access;
  levels: Levels;
  /** `keep`, `never`, or a number of days from now. */
  expires: string;
  /** One per line. */
  addresses: string;
}

function valuesOf({ name, scopes, allowed_addresses }: Token): Values {
  return {
    ...{ name, access: accessOf(scopes), levels: levelsOf(scopes), expires: "keep" },
    addresses: allowed_addresses.map((network) => network.replace(/\/(32|128)$/, "")).join("\n"),
  };
}

/** What differs from the token. Only that is sent, so that someone else's change of another field stays. */
function changeOf(values: Values, start: Values) {
  const { name, access, levels, expires, addresses } = values;
  const changed = (...keys: (keyof Values)[]) =>
    keys.some((key) => JSON.stringify(values[key]) !== JSON.stringify(start[key]));
  // A minute less, since the reader's clock may be ahead, and the server allows no more than a year.
  const soon = () => new Date(Date.now() + Number(expires) * day - 60_000).toISOString();
  return {
    name,
    ...(changed("access", "levels") && { scopes: access === "chosen" ? scopesOf(levels) : [...presets[access]] }),
    ...(changed("expires") && { expires_at: expires === never ? null : soon() }),
    ...(changed("addresses") && { allowed_addresses: addresses.split(/[\s,]+/).filter(Boolean) }),
  };
}

/** Changes a token's name, access, expiration, and addresses. */
export function EditDialog(props: EditDialogProps) {
  const { token, reader, held, mayNever, open, onClose, onChanged, returnFocus } = props;
  const api = useApi();
  const announce = useAnnounce();
  const [start] = useState(() => valuesOf(token));
  const [values, setValues] = useState(start);
  const [version, setVersion] = useState(token.version);
  /** Someone revoked it meanwhile, so there is nothing to save. */
  const [revoked, setRevoked] = useState(false);
  const change = (changed: Partial<Values>) => setValues((before) => ({ ...before, ...changed }));
  const edited = JSON.stringify(values) !== JSON.stringify(start);
  const form = useForm({
    schema: tokenPatch,
    input: changeOf(values, start),
    words: tokenWords,
    async submit() {
      if (!edited) return onClose();
      onChanged(await api.call(updateToken, { id: token.id, ...changeOf(values, start), if_version: version }));
      onClose();
      announce(`“${values.name}” is saved.`);
    },
    async onReject({ code }) {
      if (code !== "version_mismatch" && code !== "token_ended") return undefined;
      const now = await api.call(readToken, { id: token.id });
      if (now.revoked_at) {
        setRevoked(true);
        return {
          problem: {
            text: `${now.revoked_by?.name ?? "Someone"} revoked this token on ${time.format(new Date(now.revoked_at))}.`,
          },
        };
      }
      setVersion(now.version);
      const text = "Someone changed this token meanwhile. Press Save token again to apply your changes to theirs.";
      return { problem: { text } };
    },
  });
  const isOwner = token.member.id === reader.id;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Edit token"
      edited={edited && !form.busy && !revoked}
      form={form.props}
      returnFocus={returnFocus}
      footer={
        <>
          <DialogCancel>{revoked ? "Close" : "Cancel"}</DialogCancel>
          {!revoked && (
            <Button look="primary" type="submit" busy={form.busy}>
              Save token
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-6">
        <ProblemBanner problem={form.problem} />
        {!isOwner && <p>This token belongs to {token.member.name}. Only they can give it more access.</p>}
        <TextField
          label="Name"
          name="name"
          autoComplete="off"
          value={values.name}
          onChange={(event) => change({ name: event.target.value })}
          error={form.faults.name}
        />
        <AccessField
          access={values.access}
          levels={values.levels}
          held={isOwner ? [...held, ...withIncluded(token.scopes)] : withIncluded(token.scopes)}
          beyond={isOwner ? undefined : "Only its owner can let it"}
          error={form.faults.scopes}
          onChange={change}
        />
        <Select
          label="Expires"
          options={expiryOptions(token, mayNever)}
          value={values.expires}
          onChange={(expires) => change({ expires })}
          error={form.faults.expires_at}
          className="sm:w-64"
        />
        <Textarea
          label="Allowed addresses"
          optional
          help="One IP address or network per line, such as 203.0.113.0/24. Empty: it works from anywhere."
          rows={2}
          className="[&_textarea]:min-h-0 [&_textarea]:font-mono"
          value={values.addresses}
          onChange={(event) => change({ addresses: event.target.value })}
          error={form.faults.allowed_addresses}
        />
      </div>
    </Dialog>
  );
}

const time = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short" });
const date = new Intl.DateTimeFormat("en-US", { dateStyle: "medium" });

function expiryOptions({ expires_at }: Token, mayNever: boolean) {
  const at = expires_at === null ? "Never" : `${date.format(new Date(expires_at))} (no change)`;
  return [
    { value: "keep", label: at },
    ...lifetimes.map((days) => ({ value: days as string, label: `${days} days from now` })),
    ...(expires_at === null
      ? []
      : [
          {
            value: never as string,
            label: "Never",
            off: mayNever ? undefined : "Only an admin can let a token never expire.",
          },
        ]),
  ];
}
