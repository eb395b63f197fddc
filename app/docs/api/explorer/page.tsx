import type { Metadata } from "next";
import { GuideFrame } from "#components/guide/guide-frame";
import { Reference } from "#components/reference/reference";

export const metadata: Metadata = { title: "API explorer" };

/** Sends requests from the browser: Swagger UI, served by ourselves, with the OpenAPI document. */
export default function ApiExplorer() {
  return (
    <GuideFrame title="API explorer" text="Send requests to the API from here, with your session or an API token.">
      <Reference />
    </GuideFrame>
  );
}
