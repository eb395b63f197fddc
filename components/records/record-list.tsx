import type { ReactNode } from "react";
import { ListCount } from "#components/records/list-count";
import { ListMemory } from "#components/records/list-memory";
import { ListSelect } from "#components/records/list-select";
import type { Counted, ListState } from "#components/records/list-state";
import { isEmpty, isNarrowed, listHref, rangeText, sortOptions } from "#components/records/list-state";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Pagination } from "#components/ui/pagination";
import { SearchField } from "#components/ui/search-field";

/** Two per row below 640 px. */
export const halfRow = "max-sm:min-w-0 max-sm:flex-1 max-sm:basis-32";

interface RecordListProps {
  /** “account”, “accounts”. */
  nouns: { one: string; many: string };
  /** The list's path, without its state. */
  path: string;
  state: ListState;
  rows: number;
  pagination: Counted;
  searchHint: string;
  filters: ReactNode;
  /** Shown instead of everything else if there is nothing to list. */
  empty: ReactNode;
  /** The table. */
  children: ReactNode;
}

/** A list with its filter bar, its rows or an empty state, and pagination. */
export function RecordList(props: RecordListProps) {
  const { nouns, path, state, rows, pagination, searchHint, filters, empty, children } = props;
  const { next_cursor: next } = pagination;
  const narrowed = isNarrowed(state);
  if (isEmpty(state, rows)) return empty;
  return (
    <div className="group/list">
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <SearchField label={`Search ${nouns.many}`} hint={searchHint} />
        {filters}
        <ListSelect
          param="sort"
          label="Order"
          value={state.sort}
          options={sortOptions}
          className={`sm:w-40 ${halfRow}`}
        />
        {narrowed && rows > 0 && (
          <ButtonLink look="quiet" size="bar" href={listHref(path, { ...state, q: "", filters: {} })} scroll={false}>
            Clear filters
          </ButtonLink>
        )}
      </div>
      {/* Old rows stay while new ones are loading, and fade if that takes long. */}
      <div className="transition-opacity group-has-aria-busy/list:opacity-60 group-has-aria-busy/list:delay-200">
        {rows > 0 ? children : <NoMatch {...{ nouns, path, state }} problem={pagination.problem} />}
      </div>
      <ListMemory path={path} />
      <ListCount text={pagination.problem ?? countText(nouns, rows, next !== null || state.cursor !== null)} />
      {rows > 0 && (
        <div className="flex flex-wrap items-center justify-between gap-x-6">
          <p className="mt-4 text-muted tabular-nums">{rangeText(state, rows, pagination)}</p>
          <Pagination
            label={`Pages of ${nouns.many}`}
            first={state.cursor && listHref(path, state)}
            next={next && listHref(path, state, { cursor: next, from: state.from + rows })}
          />
        </div>
      )}
    </div>
  );
}

function countText({ one, many }: RecordListProps["nouns"], rows: number, more: boolean): string {
  if (rows === 0) return `No ${many}`;
  return `${rows} ${rows === 1 ? one : many}${more ? " on this page" : ""}`;
}

type NoMatchProps = Pick<RecordListProps, "nouns" | "path" | "state"> & { problem: string | undefined };

function NoMatch({ nouns, path, state, problem }: NoMatchProps) {
  const { many } = nouns;
  if (problem)
    return (
      <EmptyState
        title={`The ${many} couldn't be listed`}
        action={<ButtonLink href={listHref(path, { ...state, q: "", filters: {} })}>Clear filters</ButtonLink>}
      >
        {problem}
      </EmptyState>
    );
  if (state.cursor)
    return (
      <EmptyState
        title={`No more ${many}`}
        action={<ButtonLink href={listHref(path, state)}>Go to the first page</ButtonLink>}
      >
        The ones on this page were deleted or changed.
      </EmptyState>
    );
  return (
    <EmptyState
      title={state.q ? `No ${many} match “${state.q}”` : `No ${many} match these filters`}
      action={<ButtonLink href={listHref(path, { ...state, q: "", filters: {} })}>Clear filters</ButtonLink>}
    >
      {state.q && Object.keys(state.filters).length > 0 && "The filters above may hide matches."}
    </EmptyState>
  );
}
