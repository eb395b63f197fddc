import { redirect } from "next/navigation";
import { workplace } from "./workplace";

/** Redirects to the company that the person was in last, or to the page that creates one. */
export default async function HomePage() {
  const { place, companies } = await workplace();
  const company = place?.company ?? companies[0];
  redirect(company ? `/${company.slug}/accounts` : "/new-company");
}
