"use client";

import { usePathname } from "next/navigation";
import { ButtonLink } from "#components/ui/button";
import { PageHeader } from "#components/ui/page-header";
import { Tabs } from "#components/ui/tabs";

const pages = [
  { href: "/docs/api", label: "Guide and reference" },
  { href: "/docs/api/explorer", label: "Explorer" },
];

/** The head of the pages about the API, which leads from one to the other. */
export function GuideHeader({ title, text }: { title: string; text: string }) {
  const path = usePathname();
  const items = pages.map((page) => ({ ...page, current: page.href === path }));
  return (
    <>
      <PageHeader
        title={title}
        text={text}
        action={
          <>
            <ButtonLink href="/help/api-token-public-api" prefetch={false}>
              Create a token
            </ButtonLink>
            <ButtonLink href="/api/v1/openapi.json" prefetch={false}>
              openapi.json
            </ButtonLink>
          </>
        }
      />
      <Tabs label="API" items={items} />
    </>
  );
}
