import { CircleCheck, CircleX } from "lucide-react";
import type { Usage } from "#components/tokens/usage-chart";
import { Badge } from "#components/ui/badge";
import { type Column, Table } from "#components/ui/table";
import { RelativeTime } from "#components/ui/time";

type Row = Usage["requests"][number];

const columns: Column<Row>[] = [
  {
    id: "what",
    head: "Request",
    cell: ({ method, path }) => (
      <span className="font-mono text-help wrap-anywhere">
        {method} {path}
      </span>
    ),
  },
  {
    id: "status",
    head: "Status",
    width: 190,
    cell: ({ status, code }) => (
      <Badge tone={status < 400 ? "success" : "danger"} icon={status < 400 ? <CircleCheck /> : <CircleX />}>
        {status}
        {code && ` ${code}`}
      </Badge>
    ),
  },
  { id: "when", head: "When", width: 130, cell: ({ at }) => <RelativeTime value={at} /> },
  {
    id: "id",
    head: "Request ID",
    width: 250,
    priority: 3,
    cell: ({ request_id }) => <span className="font-mono text-help wrap-anywhere">{request_id}</span>,
  },
];

/** The last requests of a token: paths without IDs and queries. */
export function RequestTable({ requests }: { requests: readonly Row[] }) {
  return <Table label="Last requests" columns={columns} rows={requests} rowKey={({ request_id }) => request_id} />;
}
