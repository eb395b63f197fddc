"use client";

import { useState } from "react";
import { day, type Lifetime, lifetimes, never } from "#components/tokens/expiry";
import { Select, type SelectOption } from "#components/ui/select";
import { Time } from "#components/ui/time";

interface ExpiryFieldProps {
  lifetime: Lifetime;
  mayNever: boolean;
  error?: string;
  onChange: (lifetime: Lifetime) => void;
}

export function ExpiryField({ lifetime, mayNever, error, onChange }: ExpiryFieldProps) {
  const [now] = useState(() => Date.now());
  const options: SelectOption<Lifetime>[] = [
    ...lifetimes.map((value) => ({ value, label: `${value} days` })),
    {
      value: never,
      label: "Never",
      off: mayNever ? undefined : "Only an admin can create a token that never expires.",
    },
  ];
  return (
    <div className="flex gap-3">
      <Select
        label="Expires"
        options={options}
        value={lifetime}
        onChange={onChange}
        error={error}
        className="w-40 shrink-0"
      />
      {/* Next to the select, below the height of its label. */}
      <p className="mt-6 flex min-h-(--control) items-center text-muted">
        {lifetime === never ? (
          "It works until someone revokes it."
        ) : (
          <Time value={new Date(now + Number(lifetime) * day).toISOString()} />
        )}
      </p>
    </div>
  );
}
