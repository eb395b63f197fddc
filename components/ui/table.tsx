import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "#components/ui/cx";
import { TableBox } from "#components/ui/table-box";

export interface Column<Row> {
  id: string;
  /** The column's name. In cards it is beside the value. */
  head: string;
  cell: (row: Row) => ReactNode;
  /** 1 and 2 always, 3 from a container of 896, 4 from 960, 5 from 1056. Cards have all of them but those with `noCard`. */
  priority?: 1 | 2 | 3 | 4 | 5;
  /** For a column that rows can be sorted by: their order now, and the button that changes it, in place of the name. */
  order?: { now: "ascending" | "descending" | "none"; control: ReactNode };
  /** Pixels at full width; without it the column takes what is left. */
  width?: number;
  /** Numbers stand right. */
  number?: boolean;
  /** Leave it out of the cards. */
  noCard?: boolean;
}

interface TableProps<Row> {
  /** What the table holds: “API tokens”. */
  label: string;
  /** The first is the row's header: a `TableLink`. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** A `RowMenu`, one a row. */
  menu?: (row: Row) => ReactNode;
  /** Checkboxes before the rows, and one in the head for all of them. */
  select?: { all: ReactNode; one: (row: Row) => ReactNode };
  /** Rows of 44, each cell one line: wrap a text that may be long in `clip`, and it is shown whole on hover and focus. */
  oneLine?: boolean;
  /** Old rows, while new ones are on their way. */
  stale?: boolean;
}

/**
 * A real table, styled by `table.css`. A press anywhere on a row follows the link in its first cell. Roles are spelled out: the
 * `display` of the cards would take them away.
 */
export function Table<Row>({ label, columns, rows, rowKey, menu, select, oneLine, stale }: TableProps<Row>) {
  return (
    <TableBox>
      {/* biome-ignore-start lint/a11y/noRedundantRoles: not redundant once `display` is changed */}
      <table
        role="table"
        aria-label={label}
        aria-busy={stale || undefined}
        data-one-line={oneLine || undefined}
        className={cx("table", stale && "opacity-60")}
      >
        <thead role="rowgroup">
          <tr role="row">
            {select && (
              <th role="columnheader" scope="col" className="select">
                {select.all}
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.id} column={column} />
            ))}
            {menu && (
              <th role="columnheader" scope="col" className="menu">
                <span className="sr-only">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row">
              {select && (
                <td role="cell" className="select">
                  {select.one(row)}
                </td>
              )}
              {columns.map((column, index) => (
                <Cell key={column.id} column={column} header={index === 0}>
                  {column.cell(row)}
                </Cell>
              ))}
              {menu && (
                <td role="cell" className="menu">
                  {menu(row)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
    </TableBox>
  );
}

function Head<Row>({ column }: { column: Column<Row> }) {
  const { head, width, order } = column;
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see above
    <th role="columnheader" scope="col" aria-sort={order?.now} style={{ width }} {...marks(column)}>
      {order?.control ?? head}
    </th>
  );
}

function marks<Row>({ priority, number, noCard }: Column<Row>) {
  return { "data-priority": priority, "data-number": number || undefined, "data-no-card": noCard || undefined };
}

function Cell<Row>({ column, header, children }: { column: Column<Row>; header: boolean; children: ReactNode }) {
  if (header) {
    return (
      // biome-ignore lint/a11y/noRedundantRoles: see above
      <th role="rowheader" scope="row" className="font-medium" {...marks(column)}>
        {children}
      </th>
    );
  }
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see above
    <td role="cell" {...marks(column)}>
      <span className="column-name">{column.head}</span>
      <div className="min-w-0">{children}</div>
    </td>
  );
}

/** The link in a row's first cell: where the row leads. */
export function TableLink(props: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...props} className="clip rounded-badge py-0.5 font-medium text-text" />;
}

/** The second line of a cell, below its main one. */
export function TableNote({ mono, children }: { mono?: boolean; children: ReactNode }) {
  return <div className={cx("text-help font-normal break-words text-muted", mono && "font-mono")}>{children}</div>;
}
