"use client";

import { usePathname } from "next/navigation";
import { Tabs } from "#components/ui/tabs";

/** The sections of My Settings. */
export function SettingsNav({ slug }: { slug: string }) {
  const path = usePathname();
  const items = [
    { href: `/${slug}/settings/profile`, label: "Profile" },
    { href: `/${slug}/settings/api-tokens`, label: "API Tokens" },
    { href: `/${slug}/settings/sign-ins`, label: "Sign-in activity" },
  ].map((item) => ({ ...item, current: path === item.href || path.startsWith(`${item.href}/`) }));
  return <Tabs label="My Settings" items={items} />;
}
