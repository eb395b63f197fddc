import type { Metadata } from "next";
import { WithContents } from "#components/guide/contents";
import { GuideHeader } from "#components/guide/guide-header";
import { type Manual, readManual } from "#components/guide/manual";
import { Samples } from "#components/guide/samples";
import referenceText from "#docs/API_REFERENCE.md";
import guideText from "#docs/PUBLIC_API.md";

export const metadata: Metadata = {
  title: "RepDesk API",
  description: "The guide and the reference of the RepDesk API.",
};

const guide = readManual(guideText);
const reference = readManual(referenceText, 1);

const groups = [
  { title: "Guide", entries: guide.entries.filter(({ level }) => level === 2) },
  { title: "API reference", entries: reference.entries.filter(({ level }) => level <= 3) },
];

function Text({ html }: Manual) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made from documents of our own, without their HTML
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
}

/** The API's documents on one page: docs/PUBLIC_API.md, and below it docs/API_REFERENCE.md. */
export default function ApiGuide() {
  return (
    <>
      <GuideHeader title="RepDesk API" text="The guide, and the reference of all endpoints." />
      <WithContents groups={groups}>
        <Samples>
          <Text {...guide} />
          <h2 id="reference">API reference</h2>
          <Text {...reference} />
        </Samples>
      </WithContents>
    </>
  );
}
