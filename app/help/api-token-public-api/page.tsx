import type { Metadata } from "next";
import { CallingTheApi } from "#components/help/article/calling";
import { CreatingTokens } from "#components/help/article/creating";
import { IssuingTokens } from "#components/help/article/issuing";
import { WhatTokensAre } from "#components/help/article/tokens";
import { WhenSomethingFails } from "#components/help/article/trouble";
import { HelpFrame } from "#components/help/help-frame";

export const metadata: Metadata = {
  title: "Generate an API token for the public API",
  description: "Create a token, store it safely, call the API, and find out why a request fails.",
};

/** The short version for everyone who creates a token. The API guide has the details. */
export default function ApiTokenPublicApi() {
  return (
    <HelpFrame
      title="Generate an API token for the public API"
      text="Create a token, store it safely, call the API, and find out why a request fails."
    >
      <WhatTokensAre />
      <CreatingTokens />
      <CallingTheApi />
      <IssuingTokens />
      <WhenSomethingFails />
    </HelpFrame>
  );
}
