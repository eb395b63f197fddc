import { Ban } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "#components/ui/avatar";
import { Badge } from "#components/ui/badge";
import { cx } from "#components/ui/cx";
import { readableDomain } from "#lib/format/domain";

/** In place of a value that isn't there. */
export function None() {
  return <span className="text-muted">none</span>;
}

/** Enough of a text to know it by. */
export function LongText({ text }: { text: string }) {
  return text === "" ? <None /> : <span className="line-clamp-6 break-words whitespace-pre-line">{text}</span>;
}

/** A short text of somebody's own, which may have no place to break. A table cuts it off at the end of its cell. */
export function Line({ text }: { text: string | null | undefined }) {
  return text ? <span className="clip">{text}</span> : <None />;
}

/** A domain as people read it. Its A-label, which is what the API answers, is shown on hover where it differs. */
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

/** An address that is too long for its line breaks before `@` or a dot, not in a word. */
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

/** What a phone dials; null if the text has no number. Only digits and a leading plus count: an extension is for the reader. */
export function phoneAddress(phone: string): string | null {
  const [number = ""] = phone.split(/ext|x|#|;/i);
  const dialed = number.replace(/(?!^\+)\D/g, "");
  return dialed.length < 3 ? null : `tel:${dialed}`;
}

/** Somebody with their initials. `compact`: in a table the initials alone, and the name on hover. */
export function Person({ id, name, compact }: { id: string; name: string | undefined; compact?: boolean }) {
  if (!name) return <None />;
  return (
    <span className="flex min-w-0 items-center gap-2" title={compact ? name : undefined}>
      <Avatar id={id} name={name} size={compact ? "row" : "small"} />
      <span className={cx("clip", compact && "@min-[36rem]/table:sr-only")}>{name}</span>
    </span>
  );
}

/** Only http and https pass the contract. Anything else that an import left is shown, not linked. */
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
