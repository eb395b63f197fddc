import type { Metadata } from "next";
import { Reference } from "#components/reference/reference";
import { ReferenceFrame } from "#components/reference/reference-frame";

export const metadata: Metadata = { title: "API reference" };

/** The interactive reference: Swagger UI, served by ourselves, over the document that the contract makes. */
export default function ApiReference() {
  return (
    <ReferenceFrame>
      <Reference />
    </ReferenceFrame>
  );
}
