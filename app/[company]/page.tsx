import { redirect } from "next/navigation";

export default async function CompanyPage({ params }: { params: Promise<{ company: string }> }) {
  redirect(`/${(await params).company}/accounts`);
}
