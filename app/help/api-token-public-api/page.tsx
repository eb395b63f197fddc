import type { Metadata } from "next";
import { CallingTheApi } from "#components/help/article/calling";
import { CreatingTokens } from "#components/help/article/creating";
import { IssuingTokens } from "#components/help/article/issuing";
import { WhatTokensAre } from "#components/help/article/tokens";
import { WhenSomethingFails } from "#components/help/article/trouble";
import { HelpFrame } from "#components/help/help-frame";

export const metadata: Metadata = {
  title: "Generate an API token for the public API",
  description:
    "The API's address, how to create a token and keep it safe, how to call, and what to do when a call fails.",
};

/** The operator's article. What a developer needs beside it stands in docs/PUBLIC_API.md. */
export default function ApiTokenPublicApi() {
  return (
    <HelpFrame
      title="Generate an API token for the public API"
      text="The API's address, how to create a token and keep it safe, how to call, and what to do when a call fails."
    >
      <WhatTokensAre />
      <CreatingTokens />
      <CallingTheApi />
      <IssuingTokens />
      <WhenSomethingFails />
    </HelpFrame>
  );
}
