import type { Metadata } from "next";
import Link from "next/link";
import { HelpFrame } from "#components/help/help-frame";

export const metadata: Metadata = { title: "Help" };

const articles = [
  {
    href: "/help/api-token-public-api",
    title: "Generate an API token for the public API",
    text: "Where the API is, how to create a token and keep it safe, how to call, and what to do when a call fails.",
  },
  {
    href: "/help/api-errors",
    title: "API errors",
    text: "Every error code: what it means and what to do.",
  },
  {
    href: "/docs/api",
    title: "API reference",
    text: "Every endpoint, to read and to try with your own session or a token.",
  },
];

export default function Help() {
  return (
    <HelpFrame title="Help" text="Articles for people who connect RepDesk to their other systems." top>
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
        Something does not work as these pages say? Write to <a href="mailto:support@repdesk.io">support@repdesk.io</a>{" "}
        with the time and the request id, and never with a token.
      </p>
    </HelpFrame>
  );
}
