"use client";

import { useEffect, useState } from "react";
import { Viewer } from "#components/reference/viewer";
import { Banner } from "#components/ui/banner";
import { Select } from "#components/ui/select";
import { createClient } from "#lib/contract/client";
import { listCompanies } from "#lib/contract/companies";

type Company = { slug: string; name: string };
type State = { kind: "asking" } | { kind: "stranger" } | { kind: "member"; companies: Company[] };

/** The companies of the person who is signed in, if there is one. */
async function ask(): Promise<State> {
  try {
    const { data } = await createClient().call(listCompanies);
    return { kind: "member", companies: data };
  } catch {
    return { kind: "stranger" };
  }
}

/** The company to work in, and the explorer below it. */
export function Reference() {
  const [state, setState] = useState<State>({ kind: "asking" });
  const [company, setCompany] = useState<string | null>(null);
  useEffect(() => {
    ask().then((found) => {
      setState(found);
      if (found.kind === "member") setCompany(found.companies[0]?.slug ?? null);
    });
  }, []);

  return (
    <>
      <div className="mb-4 min-h-16">
        {state.kind === "stranger" && (
          <Banner>
            You are not signed in. Sign in to send requests with your session, or press Authorize and paste an API
            token. The token is kept only on this page.
          </Banner>
        )}
        {state.kind === "member" && company !== null && (
          <Select
            label="Company"
            help="Requests that you send here are real. They use your session, or the token that you paste under Authorize."
            options={state.companies.map(({ slug, name }) => ({ value: slug, label: name }))}
            value={company}
            onChange={setCompany}
            className="max-w-form"
          />
        )}
      </div>
      <h2 className="sr-only">Endpoints</h2>
      <Viewer company={company} />
    </>
  );
}
