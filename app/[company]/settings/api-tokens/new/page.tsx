import { redirect } from "next/navigation";

/** Opens the token page with its create dialog, for links from elsewhere. */
export default async function NewApiTokenPage({ params }: { params: Promise<{ company: string }> }) {
  const { company } = await params;
  redirect(`/${company}/settings/api-tokens?create=1`);
}
