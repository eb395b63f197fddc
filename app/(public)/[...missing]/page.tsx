import type { Metadata } from "next";
import { notFound } from "next/navigation";

export const metadata: Metadata = { title: "Page not found" };

/** Every address without a page of its own, so that its 404 keeps the navigation of people who are signed in. */
export default function Missing(): never {
  notFound();
}
