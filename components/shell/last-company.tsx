"use client";

import { useEffect } from "react";
import { keepPreference } from "#components/shell/preference";

/** Keeps which company is open, for pages without one in their URL. The tab in front decides. */
export function LastCompany({ slug }: { slug: string }) {
  useEffect(() => {
    const keep = () => keepPreference("repdesk-company", slug);
    if (document.hasFocus()) keep();
    addEventListener("focus", keep);
    return () => removeEventListener("focus", keep);
  }, [slug]);
  return null;
}
