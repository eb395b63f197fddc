import type { Metadata } from "next";
import { GuideHeader } from "#components/guide/guide-header";
import { Reference } from "#components/reference/reference";
import { workplaceIfSignedIn } from "../../../../workplace";

export const metadata: Metadata = { title: "API explorer" };

/** Sends requests from the browser: Swagger UI, served by ourselves, with the OpenAPI document. */
export default async function ApiExplorer() {
  const person = await workplaceIfSignedIn();
  return (
    <>
      <GuideHeader title="API explorer" text="Send requests to the API from here, with your session or an API token." />
      <Reference companies={person?.companies ?? null} initial={person?.place?.company.slug ?? null} />
    </>
  );
}
