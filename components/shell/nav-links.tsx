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
      <NavLink href="/help" within={["/help", "/docs"]} icon={<CircleHelp size={16} />} label="Help" />
    </ul>
  );
}

export function SettingsLink({ slug }: { slug: string }) {
  return (
    <ul>
      <NavLink
        href={`/${slug}/settings/profile`}
        within={[`/${slug}/settings`]}
        icon={<Settings size={16} />}
        label="My Settings"
      />
    </ul>
  );
}

interface NavLinkProps {
  href: string;
  /** The sections that the link is current in. */
  within?: readonly string[];
  icon: ReactNode;
  label: string;
}

/** Current is the page itself, or one in its sections. */
function NavLink({ href, within = [href], icon, label }: NavLinkProps) {
  const path = usePathname();
  const isWithin = within.some((section) => path === section || path.startsWith(`${section}/`));
  const current = path === href ? "page" : isWithin ? "true" : undefined;
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
