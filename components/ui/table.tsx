import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "#components/ui/cx";
import { TableBox } from "#components/ui/table-box";

export interface Column<Row> {
  id: string;
  /** The column's name. In cards it is next to the value. */
  head: string;
  cell: (row: Row) => ReactNode;
  /** 1 and 2 are always shown, 3 from a container width of 896, 4 from 960, 5 from 1056. Cards show all but those with `noCard`. */
  priority?: 1 | 2 | 3 | 4 | 5;
  /** For a sortable column: the current order, and a button to change it, shown instead of the name. */
  order?: { now: "ascending" | "descending" | "none"; control: ReactNode };
  /** In pixels. Default: the remaining width. */
  width?: number;
  /** Aligns numbers to the right. */
  number?: boolean;
  /** Omits the column from cards. */
  noCard?: boolean;
}

interface TableProps<Row> {
  /** What the table lists: “API tokens”. */
  label: string;
  /** The first is the row's header: a `TableLink`. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Returns a row's `RowMenu`. */
  menu?: (row: Row) => ReactNode;
  /** A checkbox for each row, and one in the head for all rows. */
  select?: { all: ReactNode; one: (row: Row) => ReactNode };
  /** Rows of 44 with one line per cell. Wrap text that may be long in `clip`: it is shown in full on hover and focus. */
  oneLine?: boolean;
  /** The rows are outdated, and new ones are loading. */
  stale?: boolean;
}

/**
 * A real table, styled by `table.css`. A click anywhere on a row follows the link in its first cell. The roles are explicit, because
 * the cards' `display` would remove them.
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

/** The link in a row's first cell, which a click on the row follows. */
export function TableLink(props: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...props} className="clip rounded-badge py-0.5 font-medium text-text" />;
}

/** The second line of a cell, below its main one. */
export function TableNote({ mono, children }: { mono?: boolean; children: ReactNode }) {
  return <div className={cx("text-help font-normal break-words text-muted", mono && "font-mono")}>{children}</div>;
}
