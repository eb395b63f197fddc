import type { Metadata } from "next";
import { Contents } from "#components/guide/contents";
import { GuideFrame } from "#components/guide/guide-frame";
import { ManualText } from "#components/guide/manual-text";
import { readManual } from "#components/guide/outline";
import referenceText from "#docs/API_REFERENCE.md";
import guideText from "#docs/PUBLIC_API.md";

export const metadata: Metadata = {
  title: "RepDesk API",
  description: "The guide and the reference of the RepDesk API.",
};

const guide = readManual(guideText);
const reference = readManual(referenceText);

const groups = [
  { title: "Guide", entries: guide.entries.filter(({ level }) => level === 2) },
  { title: "API reference", entries: reference.entries.filter(({ level }) => level <= 3) },
];

/** The API's documents on one page: docs/PUBLIC_API.md, and below it docs/API_REFERENCE.md. */
export default function ApiGuide() {
  return (
    <GuideFrame
      title="RepDesk API"
      text="The guide, and the reference of all endpoints."
      contents={<Contents groups={groups} />}
    >
      <div className="prose manual">
        <ManualText manual={guide} below={0} />
        <h2 id="reference">API reference</h2>
        <ManualText manual={reference} below={1} />
      </div>
    </GuideFrame>
  );
}
