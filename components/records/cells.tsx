import { Ban } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "#components/ui/avatar";
import { Badge } from "#components/ui/badge";
import { cx } from "#components/ui/cx";
import { readableDomain } from "#lib/format/domain";

/** Shown for an empty value. */
export function None() {
  return <span className="text-muted">none</span>;
}

/** The beginning of a long text, enough to recognize it. */
export function LongText({ text }: { text: string }) {
  return text === "" ? <None /> : <span className="line-clamp-6 break-words whitespace-pre-line">{text}</span>;
}

/** A short text that may have no place to break. A table truncates it at the end of its cell. */
export function Line({ text }: { text: string | null | undefined }) {
  return text ? <span className="clip">{text}</span> : <None />;
}

/** A domain in readable form. If it differs, hovering shows the A-labels that the API returns. */
export function Domain({ domain }: { domain: string | null }) {
  if (!domain) return <None />;
  const readable = readableDomain(domain);
  return (
    <span className="clip" title={readable === domain ? undefined : domain}>
      {breakable(readable)}
    </span>
  );
}

export function MailLink({ email }: { email: string | null }) {
  if (!email) return <None />;
  return (
    <a href={mailAddress(email)} className="clip hover:underline">
      {breakable(email)}
    </a>
  );
}

/** Lets a long address break before `@` or a dot, not inside a word. */
function breakable(address: string): ReactNode[] {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
  return address.split(/(?=[@.])/).map((part, index) => [index > 0 && <wbr key={`${index}${part}`} />, part]);
}

export function mailAddress(email: string): string {
  return `mailto:${encodeURIComponent(email).replaceAll("%40", "@")}`;
}

export function PhoneLink({ phone }: { phone: string | null }) {
  if (!phone) return <None />;
  const href = phoneAddress(phone);
  if (!href) return <Line text={phone} />;
  return (
    <a href={href} className="clip hover:underline">
      {phone}
    </a>
  );
}

/** The `tel:` URL; null if the text has no number. Uses only digits and a leading plus, without an extension. */
export function phoneAddress(phone: string): string | null {
  const [number = ""] = phone.split(/ext|x|#|;/i);
  const dialed = number.replace(/(?!^\+)\D/g, "");
  return dialed.length < 3 ? null : `tel:${dialed}`;
}

/** A person with their initials. `compact`: in a table only the initials, with the name on hover. */
export function Person({ id, name, compact }: { id: string; name: string | undefined; compact?: boolean }) {
  if (!name) return <None />;
  return (
    <span className="flex min-w-0 items-center gap-2" title={compact ? name : undefined}>
      <Avatar id={id} name={name} size={compact ? "row" : "small"} />
      <span className={cx("clip", compact && "@min-[36rem]/table:sr-only")}>{name}</span>
    </span>
  );
}

/** The contract accepts only http and https. Anything else, such as from an import, is shown without a link. */
export function WebLink({ url }: { url: string | null }) {
  if (!url) return <None />;
  if (!/^https?:\/\//i.test(url)) return url;
  return (
    <a href={url} rel="noopener noreferrer" target="_blank" className="link break-words">
      {breakable(url.replace(/^https?:\/\/|\/$/gi, ""))}
      <span className="sr-only"> (in a new tab)</span>
    </a>
  );
}

export function TagList({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return <None />;
  return (
    <ul className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <li key={tag} className="max-w-full rounded-badge bg-sunken px-1.5 text-help break-words">
          {tag}
        </li>
      ))}
    </ul>
  );
}

export function DoNotContact() {
  return (
    <Badge tone="warning" icon={<Ban />}>
      Do not contact
    </Badge>
  );
}
