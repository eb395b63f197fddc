"use client";

import { ProblemBanner } from "#components/forms/problem";
import { AccessField } from "#components/tokens/access-field";
import { ExpiryField } from "#components/tokens/expiry-field";
import { SwitchCompany } from "#components/tokens/switch-company";
import type { TokenForm } from "#components/tokens/token-form";
import { Banner } from "#components/ui/banner";
import { TextField } from "#components/ui/text-field";
import type { Scope } from "#lib/vocabulary";

interface Named {
  slug: string;
  name: string;
}

/** Who creates the token, in which company, and what they can grant. */
export interface Maker {
  company: Named;
  others: readonly Named[];
  held: readonly Scope[];
  mayNever: boolean;
}

interface CreateFieldsProps extends Maker {
  form: TokenForm;
  /** What couldn't be taken from a link. */
  problems: readonly string[];
}

export function CreateFields({ form, problems, company, others, held, mayNever }: CreateFieldsProps) {
  const { values, change, faults, problem } = form;
  return (
    <div className="flex flex-col gap-6">
      <ProblemBanner problem={problem} />
      {problems.length > 0 && (
        <Banner tone="warning" role="alert">
          The link can't be followed completely. {problems.join(" ")} Check what is chosen below.
        </Banner>
      )}
      <p>
        In company <strong className="font-semibold">{company.name}</strong>.{" "}
        {others.length > 0 && <SwitchCompany others={others} values={values} />}
      </p>
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        help="Where will it run?"
        value={values.name}
        error={faults.name}
        onChange={(event) => change({ name: event.target.value })}
      />
      <AccessField {...values} held={held} error={faults.scopes} onChange={change} />
      <ExpiryField
        lifetime={values.lifetime}
        mayNever={mayNever}
        error={faults.expires_in_days}
        onChange={(lifetime) => change({ lifetime })}
      />
    </div>
  );
}
