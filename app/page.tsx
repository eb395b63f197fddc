import { redirect } from "next/navigation";
import { listCompanies } from "#lib/contract/companies";
import { companies } from "#lib/domain/companies";
import { page } from "#lib/page";

/** Leads to one's first company; whoever has none makes one, and whoever is not signed in signs in first. */
export default async function HomePage() {
  const { data } = await page(listCompanies, companies.list, {});
  const [first] = data;
  redirect(first ? `/${first.slug}/accounts` : "/new-company");
}
