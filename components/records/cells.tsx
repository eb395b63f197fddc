import { Ban } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge";
import { readableDomain } from "#lib/format/domain";

/** What stands where nothing is known. */
export function None() {
  return <span className="text-muted">none</span>;
}

/** Enough of a text to know it by. */
export function LongText({ text }: { text: string }) {
  return text === "" ? <None /> : <span className="line-clamp-6 break-words whitespace-pre-line">{text}</span>;
}

/** A short text of somebody's own, which may have no place to break. */
export function Wrapped({ text }: { text: string | null | undefined }) {
  return text ? <span className="wrap-anywhere">{text}</span> : <None />;
}

/** A domain as people read it. Its A-label, which is what the API answers, is shown on hover where it differs. */
export function Domain({ domain }: { domain: string | null }) {
  if (!domain) return <None />;
  const readable = readableDomain(domain);
  return (
    <span className="wrap-anywhere" title={readable === domain ? undefined : domain}>
      {readable}
    </span>
  );
}

export function MailLink({ email }: { email: string | null }) {
  if (!email) return <None />;
  const at = email.lastIndexOf("@");
  return (
    <a href={`mailto:${encodeURIComponent(email).replaceAll("%40", "@")}`} className="wrap-anywhere hover:underline">
      {email.slice(0, at)}
      {breakable(email.slice(at))}
    </a>
  );
}

/** A host that is too long breaks before a dot, not in a word. */
function breakable(host: string): ReactNode[] {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
  return host.split(/(?=\.)/).flatMap((part, index) => [<wbr key={`${index}${part}`} />, part]);
}

/** Only digits and a leading plus are dialled; an extension is for the reader. */
export function PhoneLink({ phone }: { phone: string | null }) {
  if (!phone) return <None />;
  const [number = ""] = phone.split(/ext|x|#|;/i);
  const dialled = number.replace(/(?!^\+)\D/g, "");
  if (dialled.length < 3) return <Wrapped text={phone} />;
  return (
    <a
      href={`tel:${dialled}`}
      className={phone.length > 20 ? "wrap-anywhere hover:underline" : "whitespace-nowrap hover:underline"}
    >
      {phone}
    </a>
  );
}

/** Only http and https come through the contract; what else an import may have left is shown, not linked. */
export function WebLink({ url }: { url: string | null }) {
  if (!url) return <None />;
  if (!/^https?:\/\//i.test(url)) return url;
  return (
    <a href={url} rel="noopener noreferrer" target="_blank" className="link break-words">
      {url.replace(/^https?:\/\/|\/$/gi, "")}
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
