import { Globe, Mail, Phone } from "lucide-react";
import type { ReactNode } from "react";
import { BackToList } from "#components/records/back-to-list";
import { mailAddress, phoneAddress } from "#components/records/cells";
import { CopyValue } from "#components/records/copy-value";
import { RecordButtons } from "#components/records/record-desk";
import type { RecordBase } from "#components/records/values";
import { Avatar } from "#components/ui/avatar";
import { OutsideLink } from "#components/ui/button";

interface RecordHeaderProps {
  list: { href: string; label: string };
  record: RecordBase;
  shape: "person" | "tile";
  /** Badges next to the title. */
  badge?: ReactNode;
  /** One line below the title. */
  subtitle: ReactNode;
  email?: string | null;
  phone: string | null;
  website?: string | null;
  /** The value that is copied most often, and its name. */
  copy: { value: string | null; name: string };
}

/** The head of a record's page: what it is, how to reach it, and what can be done with it. */
export function RecordHeader(props: RecordHeaderProps) {
  const { list, record, shape, badge, subtitle, email, phone, website, copy } = props;
  const call = phone && phoneAddress(phone);
  return (
    <header className="mb-6">
      <BackToList {...list} opened={record.id} />
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4">
        <div className="flex min-w-0 grow basis-80 items-center gap-4">
          <Avatar id={record.id} name={record.name} shape={shape} size="page" />
          <div className="min-w-0">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h1 className="min-w-0 text-page font-semibold wrap-anywhere">{record.name}</h1>
              {badge}
            </div>
            <div className="mt-0.5 text-muted wrap-anywhere">{subtitle}</div>
          </div>
        </div>
        <div className="flex flex-wrap gap-2 max-sm:w-full">
          {email && (
            <QuickLink href={mailAddress(email)} icon={<Mail size={16} />} label="Email" object={record.name} />
          )}
          {call && <QuickLink href={call} icon={<Phone size={16} />} label="Call" object={record.name} />}
          {isWeb(website) && (
            <QuickLink href={website} icon={<Globe size={16} />} label="Website" object={record.name} />
          )}
          {copy.value && <CopyValue value={copy.value} name={copy.name} />}
          <RecordButtons record={record} />
        </div>
      </div>
    </header>
  );
}

/** The website may have been imported with something else in it. */
function isWeb(url: string | null | undefined): url is string {
  return /^https?:\/\//i.test(url ?? "");
}

function QuickLink({ href, icon, label, object }: { href: string; icon: ReactNode; label: string; object: string }) {
  return (
    <OutsideLink href={href} icon={icon}>
      {label}
      <span className="sr-only"> {object}</span>
    </OutsideLink>
  );
}
