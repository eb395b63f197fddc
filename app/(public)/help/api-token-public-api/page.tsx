import type { Metadata } from "next";
import { CallingTheApi } from "#components/help/article/calling";
import { CreatingTokens } from "#components/help/article/creating";
import { IssuingTokens } from "#components/help/article/issuing";
import { WhatTokensAre } from "#components/help/article/tokens";
import { WhenSomethingFails } from "#components/help/article/trouble";
import { HelpArticle } from "#components/help/help-article";

export const metadata: Metadata = {
  title: "Generate an API token for the public API",
  description: "Create a token, store it safely, call the API, and find out why a request fails.",
};

const contents = [
  { id: "what", text: "What a token is" },
  { id: "create", text: "Create a token" },
  { id: "store", text: "Store it safely" },
  { id: "revoke", text: "Rotate and revoke" },
  { id: "call", text: "Call the API" },
  { id: "company", text: "One company at a time" },
  { id: "issue", text: "Create a token from a program" },
  { id: "trouble", text: "When something fails" },
  { id: "support", text: "Contact support" },
].map((entry) => ({ ...entry, level: 2 }));

/** The short version for everyone who creates a token. The API guide has the details. */
export default function ApiTokenPublicApi() {
  return (
    <HelpArticle
      title="Generate an API token for the public API"
      text="Create a token, store it safely, call the API, and find out why a request fails."
      contents={contents}
    >
      <WhatTokensAre />
      <CreatingTokens />
      <CallingTheApi />
      <IssuingTokens />
      <WhenSomethingFails />
    </HelpArticle>
  );
}
