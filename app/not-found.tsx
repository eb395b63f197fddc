import type { Metadata } from "next";
import { GoToRepDesk, pageNotFound } from "#components/shell/page-not-found";
import { PlainFrame } from "#components/shell/plain-frame";

export const metadata: Metadata = { title: "Page not found" };

/** For a company that isn't there or isn't the person's. An address without a page has the frame of `(public)`. */
export default function NotFound() {
  return (
    <PlainFrame {...pageNotFound}>
      <GoToRepDesk />
    </PlainFrame>
  );
}
