import { Check, Clock, Plus } from "lucide-react";
import { Badge } from "#components/ui/badge";

const rows = [
  {
    name: "Nightly sync",
    prefix: "rdk_7Fh2kQ9xLmAb",
    access: "Read-only",
    used: "3 minutes ago",
    expires: "8 Dec 2026",
    soon: true,
  },
  {
    name: "Web form",
    prefix: "rdk_2mQx8TzLp4Ws",
    access: "Read and write",
    used: "never",
    expires: "22 Feb 2027",
    soon: false,
  },
];

/** A drawing of the API Tokens page. To assistive technology it is one image, since the article says the same in words. */
export function TokenPageFigure() {
  return (
    <figure className="wide mt-4">
      <div
        role="img"
        aria-label="The API Tokens page: a list of tokens with name, access, last use, expiration, and status, and the button Create token."
        className="rounded-card border border-border bg-bg p-3 text-help shadow-raised select-none sm:p-4"
      >
        <div className="flex items-start justify-between gap-3">
          <div>
            <div className="text-title font-semibold">API Tokens</div>
            <div className="text-muted">Let scripts and integrations work in Acme for you.</div>
          </div>
          <span className="inline-flex min-h-8 shrink-0 items-center gap-2 rounded-control bg-accent px-3 font-medium text-on-accent">
            <Plus size={16} />
            <span>
              Create <span className="max-sm:hidden">token</span>
            </span>
          </span>
        </div>
        <div className="mt-3 flex gap-4 border-b border-border">
          <span className="border-b-2 border-accent pb-1 font-semibold">Active 2</span>
          <span className="pb-1 text-muted">Expired and revoked 5</span>
        </div>
        {rows.map((row) => (
          <Row key={row.prefix} {...row} />
        ))}
      </div>
      <figcaption className="mt-2 text-help text-muted">
        My Settings, API Tokens. The list shows the public part of each token, such as rdk_7Fh2kQ9xLmAb. It grants no
        access.
      </figcaption>
    </figure>
  );
}

function Row({ name, prefix, access, used, expires, soon }: (typeof rows)[number]) {
  return (
    <div className="grid grid-cols-[1fr_auto] items-center gap-x-4 border-b border-border py-2 last:border-0 sm:grid-cols-[11rem_1fr_1fr_1fr_7rem]">
      <div className="min-w-0">
        <div className="font-medium">{name}</div>
        <div className="font-mono text-muted">{prefix}</div>
      </div>
      <span className="max-sm:hidden">{access}</span>
      <span className="max-sm:hidden">{used}</span>
      <span className="max-sm:hidden">{expires}</span>
      {soon ? (
        <Badge tone="warning" icon={<Clock />}>
          Expires soon
        </Badge>
      ) : (
        <Badge tone="success" icon={<Check />}>
          Active
        </Badge>
      )}
    </div>
  );
}
