import { redirect } from "next/navigation";
import { listCompanies } from "#lib/contract/companies";
import { companies } from "#lib/domain/companies";
import { page } from "#lib/page";

/** Redirects to the person's first company, or to the page that creates one. */
export default async function HomePage() {
  const { data } = await page(null, (ask) => ask(listCompanies, companies.list));
  const [first] = data;
  redirect(first ? `/${first.slug}/accounts` : "/new-company");
}
