import type { Metadata } from "next";
import { PlainFrame } from "#components/shell/plain-frame";
import { ButtonLink } from "#components/ui/button";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <PlainFrame
      title="This page isn't here"
      text="The address may have a typing error, the page may have moved, or it belongs to a company you are not a member of."
    >
      <ButtonLink href="/" look="primary">
        Go to RepDesk
      </ButtonLink>
    </PlainFrame>
  );
}
