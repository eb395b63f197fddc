"use client";

import { Check, ChevronsUpDown, Plus } from "lucide-react";
import { cx } from "#components/ui/cx";
import { Menu, MenuLink, MenuSeparator } from "#components/ui/menu";

export interface ShellCompany {
  id: string;
  slug: string;
  name: string;
}

interface SwitcherProps {
  company: ShellCompany;
  companies: readonly ShellCompany[];
}

export function CompanySwitcher({ company, companies }: SwitcherProps) {
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex min-h-(--control) w-full min-w-0 items-center gap-2 rounded-control px-2 py-1 text-start hover:bg-hover data-popup-open:bg-hover"
        >
          <Initial name={company.name} />
          <span className="min-w-0 grow truncate font-semibold">
            <span className="sr-only">Company: </span>
            {company.name}
            <span className="sr-only">. Switch company</span>
          </span>
          <ChevronsUpDown size={16} className="shrink-0 text-muted" />
        </button>
      }
    >
      {companies.map((each) => (
        <MenuLink key={each.id} href={`/${each.slug}/accounts`} current={each.id === company.id}>
          <span className="flex min-w-0 items-center gap-2">
            <Initial name={each.name} />
            <span className="min-w-0">{each.name}</span>
            {each.id === company.id && <Check size={16} className="ml-auto shrink-0 text-accent" />}
          </span>
        </MenuLink>
      ))}
      <MenuSeparator />
      <MenuLink href="/new-company" icon={<Plus size={16} className="mx-1" />}>
        New company
      </MenuLink>
    </Menu>
  );
}

/** The letter is drawn with CSS, so that screen readers don't read it before the name. */
function Initial({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      data-initial={Array.from(name.trim())[0]?.toLocaleUpperCase()}
      className={cx(
        "flex size-6 shrink-0 items-center justify-center rounded-badge border border-transparent bg-accent-soft",
        "text-badge font-semibold text-accent before:content-[attr(data-initial)]",
      )}
    />
  );
}
