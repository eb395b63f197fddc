import type { Metadata } from "next";
import Link from "next/link";
import { PageHeader } from "#components/ui/page-header";

export const metadata: Metadata = { title: "Help" };

const articles = [
  {
    href: "/help/api-token-public-api",
    title: "Generate an API token for the public API",
    text: "Create a token, store it safely, call the API, and find out why a request fails.",
  },
  {
    href: "/help/api-errors",
    title: "API errors",
    text: "Every error code, what it means, and what to do.",
  },
  {
    href: "/help/token-doctor",
    title: "Token doctor",
    text: "Find out what is wrong with a token, a header, or an error, in your browser.",
  },
  {
    href: "/docs/api",
    title: "API guide and reference",
    text: "How the API works, every endpoint, and an explorer to try them.",
  },
];

export default function Help() {
  return (
    <>
      <PageHeader title="Help" text="Articles about connecting RepDesk to your other systems." />
      <div className="prose">
        <ul className="list-none! p-0!">
          {articles.map(({ href, title, text }) => (
            <li key={href} className="mt-4!">
              <Link href={href} className="link font-semibold">
                {title}
              </Link>
              <p className="mt-1! text-muted">{text}</p>
            </li>
          ))}
        </ul>
        <h2>Support</h2>
        <p>
          If something doesn't work as described, write to <a href="mailto:support@repdesk.io">support@repdesk.io</a>{" "}
          with the time and the request ID. Never send a token.
        </p>
      </div>
    </>
  );
}
