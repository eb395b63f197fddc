import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "#components/ui/cx";

export interface Column<Row> {
  id: string;
  /** The column's name. In cards it stands beside the value. */
  head: string;
  cell: (row: Row) => ReactNode;
  /** 1 always, 2 from a container of 640, 3 from 896. Cards show all. */
  priority?: 1 | 2 | 3;
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
  /** Old rows, while new ones are on their way. */
  stale?: boolean;
}

/** A real table, styled by `table.css`. Roles are spelled out: the `display` of the cards would take them away. */
export function Table<Row>({ label, columns, rows, rowKey, menu, stale }: TableProps<Row>) {
  return (
    <div className="table-box">
      {/* biome-ignore-start lint/a11y/noRedundantRoles: not redundant once `display` is changed */}
      <table
        role="table"
        aria-label={label}
        aria-busy={stale || undefined}
        className={cx("table", stale && "opacity-60")}
      >
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.id} role="columnheader" scope="col" style={{ width: column.width }} {...marks(column)}>
                {column.head}
              </th>
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
    </div>
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

/** The link in a row's first cell. */
export function TableLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      prefetch={false}
      {...rest}
      className={cx("-my-0.5 inline-block rounded-control py-0.5 font-medium text-text hover:underline", className)}
    />
  );
}

/** The second line of a cell, below its main one. */
export function TableNote({ mono, children }: { mono?: boolean; children: ReactNode }) {
  return <div className={cx("text-help font-normal break-words text-muted", mono && "font-mono")}>{children}</div>;
}
