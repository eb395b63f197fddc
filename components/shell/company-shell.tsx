import type { ReactNode } from "react";
import { FocusKeeper } from "#components/shell/focus-keeper";
import { Keys } from "#components/shell/keys";
import { LastCompany } from "#components/shell/last-company";
import { NavDrawer } from "#components/shell/nav-drawer";
import { OfflineBanner } from "#components/shell/offline-banner";
import type { ShellProps } from "#components/shell/sidebar";
import { Sidebar } from "#components/shell/sidebar";
import { SkipLink } from "#components/shell/skip-link";

/** The signed-in app's frame, inside one company. */
export function CompanyShell({ children, ...shell }: ShellProps & { children: ReactNode }) {
  return (
    <div className="[--top-bar:3.5rem] lg:pl-60 lg:[--top-bar:0px]">
      <SkipLink />
      <div className="fixed inset-y-0 left-0 hidden w-60 border-r border-border bg-bg lg:block">
        <Sidebar {...shell} />
      </div>
      <NavDrawer {...shell} />
      <OfflineBanner />
      <main id="main" tabIndex={-1} className="mx-auto max-w-[calc(70rem+4rem)] px-4 py-6 outline-none sm:px-6 lg:p-8">
        {children}
      </main>
      <FocusKeeper />
      <Keys slug={shell.company.slug} />
      <LastCompany slug={shell.company.slug} />
    </div>
  );
}
