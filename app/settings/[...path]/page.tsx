import { ChevronRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { PlainFrame } from "#components/shell/plain-frame";
import { listCompanies } from "#lib/contract/companies";
import { companies } from "#lib/domain/companies";
import { page } from "#lib/page";

export const metadata: Metadata = { title: "Which company?" };

type Props = { params: Promise<{ path: string[] }>; searchParams: Promise<Record<string, string | string[]>> };

/** For links without a company, such as `/settings/api-tokens`: asks for the company and redirects. */
export default async function SettingsPage({ params, searchParams }: Props) {
  const query = new URLSearchParams(
    Object.entries(await searchParams).flatMap(([key, value]) => [value].flat().map((one) => [key, one])),
  );
  const path = `settings/${(await params).path.join("/")}${query.size > 0 ? `?${query}` : ""}`;
  const { data } = await page(null, (ask) => ask(listCompanies, companies.list));
  const [first, second] = data;
  if (first === undefined) redirect(`/new-company?next=${encodeURIComponent(`/${path}`)}`);
  if (second === undefined) redirect(`/${first.slug}/${path}`);
  return (
    <PlainFrame title="Which company?" text="You belong to several companies. Each has its own settings.">
      <ul className="flex flex-col gap-2">
        {data.map(({ id, slug, name }) => (
          <li key={id}>
            <Link
              href={`/${slug}/${path}`}
              className="flex min-h-11 items-center gap-2 rounded-control border border-input-border px-3 py-2 hover:bg-hover"
            >
              <span className="min-w-0 grow">
                <span className="block font-medium">{name}</span>
                <span className="block text-help text-muted">{slug}</span>
              </span>
              <ChevronRight size={16} className="shrink-0 text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </PlainFrame>
  );
}
