"use client";

import { useState } from "react";
import { Viewer } from "#components/reference/viewer";
import { Banner } from "#components/ui/banner";
import { Select } from "#components/ui/select";

interface ReferenceProps {
  /** The companies of the person who is signed in; null for strangers. */
  companies: readonly { slug: string; name: string }[] | null;
  /** The slug of the company that requests run in at first. */
  initial: string | null;
}

/** The company to work in, and the explorer below it. */
export function Reference({ companies, initial }: ReferenceProps) {
  const [company, setCompany] = useState(initial);
  return (
    <>
      <div className="mb-4 min-h-16">
        {companies === null && (
          <Banner>
            You are not signed in. Sign in to send requests with your session, or press Authorize and paste an API
            token. The token is kept only on this page.
          </Banner>
        )}
        {companies !== null && company !== null && (
          <Select
            label="Company"
            help="Requests that you send here are real. They use your session, or the token that you paste under Authorize."
            options={companies.map(({ slug, name }) => ({ value: slug, label: name }))}
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
