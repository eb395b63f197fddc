"use client";

import { Menu } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { CompanySwitcher } from "#components/shell/company-switcher";
import type { ShellProps } from "#components/shell/sidebar";
import { IconButton } from "#components/ui/icon-button";
import { late, useLate } from "#components/ui/late";

const part = late(() => import("#components/shell/drawer"));

/** The top bar below 1024 px. Its button opens the sidebar as a drawer. */
export function NavDrawer(shell: ShellProps) {
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  const module = useLate(part, used);
  const path = usePathname();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes it
  useEffect(() => setOpen(false), [path]);
  // Wide windows show the sidebar instead.
  useEffect(() => {
    const wide = matchMedia("(width >= 64rem)");
    const close = () => setOpen(false);
    wide.addEventListener("change", close);
    return () => wide.removeEventListener("change", close);
  }, []);

  return (
    <header className="sticky top-0 z-1 flex h-14 items-center gap-1 border-b border-border bg-bg px-2 sm:px-4 lg:hidden">
      <IconButton
        label="Open the menu"
        icon={<Menu size={20} />}
        className="size-(--control)"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => {
          setUsed(true);
          setOpen(true);
        }}
      />
      {module && <module.Drawer {...shell} open={open} onOpenChange={setOpen} />}
      <div className="min-w-0 max-w-70">
        <CompanySwitcher company={shell.company} companies={shell.companies} />
      </div>
    </header>
  );
}
