"use client";

import {
  type Access,
  accessSentence,
  beyondRole,
  type Level,
  type Levels,
  levelsFor,
  levelsOf,
  nouns,
  type Preset,
  presets,
  scopesOf,
} from "#components/tokens/access";
import { Checkbox } from "#components/ui/checkbox";
import { RadioGroup } from "#components/ui/radio-group";
import { Select } from "#components/ui/select";
import type { Scope } from "#lib/vocabulary";

interface AccessFieldProps {
  access: Access;
  levels: Levels;
  /** The scopes that can be granted, and how the sentence begins that says why others can't. */
  held: readonly Scope[];
  beyond?: string;
  error?: string;
  onChange: (changed: { access?: Access; levels?: Levels }) => void;
}

const labels: Record<Preset, string> = {
  read: "Read-only",
  write: "Read and write",
  extension: "Chrome extension",
};

const levelNames: Record<Level, string> = { none: "No access", read: "Read", write: "Read and write" };

export function AccessField({ access, levels, held, beyond, error, onChange }: AccessFieldProps) {
  const options = (Object.keys(labels) as Preset[]).map((preset) => ({
    value: preset as Access,
    label: labels[preset],
    off: beyondRole(presets[preset], held, beyond),
  }));

  function pick(next: Access) {
    // Choosing starts with the levels of the last preset.
    const begun = next === "chosen" && access !== "chosen" ? { levels: levelsOf(presets[access]) } : {};
    onChange({ access: next, ...begun });
  }

  return (
    <div className="flex flex-col gap-3">
      <RadioGroup
        label="Access"
        name="access"
        look="cards"
        options={[...options, { value: "chosen", label: "Choose…" }]}
        value={access}
        onChange={pick}
        help={access === "chosen" ? undefined : accessSentence(presets[access])}
        error={error}
      />
      {access === "chosen" && (
        <>
          <div className="grid gap-3 sm:grid-cols-2">
            {nouns.map((noun) => (
              <NounField
                key={noun}
                noun={noun}
                level={levels[noun] ?? "none"}
                held={held}
                beyond={beyond}
                onChange={(level) => onChange({ levels: { ...levels, [noun]: level } })}
              />
            ))}
          </div>
          <Checkbox
            label="Replace its own secret"
            help="For a secret manager that rotates the token by itself."
            checked={levels.tokens === "write"}
            onChange={(checked) => onChange({ levels: { ...levels, tokens: checked ? "write" : "none" } })}
            off={beyondRole(scopesOf({ tokens: "write" }), held, beyond)}
          />
          <p className="text-help text-muted">{accessSentence(scopesOf(levels))}</p>
        </>
      )}
    </div>
  );
}

interface NounFieldProps {
  noun: string;
  level: Level;
  held: readonly Scope[];
  beyond: string | undefined;
  onChange: (level: Level) => void;
}

function NounField({ noun, level, held, beyond, onChange }: NounFieldProps) {
  const options = levelsFor(noun).map((value) => ({
    value,
    label: levelNames[value],
    off: beyondRole(scopesOf({ [noun]: value }), held, beyond),
  }));
  return (
    <Select label={noun.charAt(0).toUpperCase() + noun.slice(1)} options={options} value={level} onChange={onChange} />
  );
}
