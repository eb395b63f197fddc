import type { ReactNode } from "react";
import { ApiProvider } from "#components/shell/api";
import { CompanyShell } from "#components/shell/company-shell";
import { PublicFrame } from "#components/shell/public-frame";
import { workplaceIfSignedIn } from "../workplace";

/** People who are signed in keep their company's navigation; strangers see the public frame. */
export default async function PublicLayout({ children }: { children: ReactNode }) {
  const found = await workplaceIfSignedIn();
  if (!found?.place) return <PublicFrame>{children}</PublicFrame>;
  const { user, companies, place } = found;
  return (
    <ApiProvider company={place.company.slug} user={user.id}>
      <CompanyShell company={place.company} companies={companies} user={place.member}>
        {children}
      </CompanyShell>
    </ApiProvider>
  );
}
