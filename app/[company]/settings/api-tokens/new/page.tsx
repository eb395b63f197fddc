import { redirect } from "next/navigation";
import { linkOf } from "../(list)/reading";

type Props = {
  params: Promise<{ company: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Opens the token page with its create dialog, for links from elsewhere. They can ask for a name, scopes, and days. */
export default async function NewApiTokenPage({ params, searchParams }: Props) {
  const { company } = await params;
  const query = new URLSearchParams({ create: "1", ...linkOf(await searchParams) });
  redirect(`/${company}/settings/api-tokens?${query}`);
}
