"use client";

import { Building2, CircleHelp, Settings, Users } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cx } from "#components/ui/cx";

export function MainLinks({ slug }: { slug: string }) {
  return (
    <ul className="flex flex-col gap-1">
      <NavLink href={`/${slug}/accounts`} icon={<Building2 size={16} />} label="Accounts" />
      <NavLink href={`/${slug}/contacts`} icon={<Users size={16} />} label="Contacts" />
      <NavLink href="/help" icon={<CircleHelp size={16} />} label="Help" />
    </ul>
  );
}

export function SettingsLink({ slug }: { slug: string }) {
  return (
    <ul>
      <NavLink
        href={`/${slug}/settings/profile`}
        within={`/${slug}/settings`}
        icon={<Settings size={16} />}
        label="My Settings"
      />
    </ul>
  );
}

/** Current is the page itself, or one below it. */
function NavLink({
  href,
  within = href,
  icon,
  label,
}: {
  href: string;
  within?: string;
  icon: ReactNode;
  label: string;
}) {
  const path = usePathname();
  const below = path.startsWith(`${within}/`);
  const current = path === href ? "page" : below || path === within ? "true" : undefined;
  return (
    <li>
      <Link
        href={href}
        aria-current={current}
        className={cx(
          "flex min-h-(--control) items-center gap-2 rounded-control px-2",
          current
            ? "bg-accent-soft font-semibold text-text forced-colors:underline [&_svg]:text-accent"
            : "text-text hover:bg-hover [&_svg]:text-muted",
        )}
      >
        {/* As wide as the company's initial above, so that the labels line up. */}
        <span className="flex size-6 shrink-0 items-center justify-center">{icon}</span>
        {label}
      </Link>
    </li>
  );
}
