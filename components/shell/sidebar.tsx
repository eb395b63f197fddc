import { CompanySwitcher, type ShellCompany } from "#components/shell/company-switcher";
import { MainLinks, SettingsLink } from "#components/shell/nav-links";
import { UserMenu } from "#components/shell/user-menu";

export interface ShellProps {
  company: ShellCompany;
  /** All companies that the user belongs to, including this one. */
  companies: readonly ShellCompany[];
  user: { name: string; email: string };
}

/** On the left from 1024 px, otherwise in the drawer. */
export function Sidebar({ company, companies, user }: ShellProps) {
  return (
    <div className="flex h-full flex-col gap-4 overflow-y-auto p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      <CompanySwitcher company={company} companies={companies} />
      <nav aria-label="Main" className="flex grow flex-col">
        <MainLinks slug={company.slug} />
        <div className="mt-auto pt-4">
          <SettingsLink slug={company.slug} />
        </div>
      </nav>
      <div className="border-t border-border pt-3">
        <UserMenu slug={company.slug} user={user} />
      </div>
    </div>
  );
}
