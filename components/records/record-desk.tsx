"use client";

import { MoreHorizontal, Pencil, Plus, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ComponentType, ReactNode, RefObject } from "react";
import { createContext, useContext, useRef, useState } from "react";
import { KnownMembers } from "#components/records/known-members";
import type { RecordBase, Values } from "#components/records/values";
import { useVisit } from "#components/records/visit";
import { useDraft } from "#components/shell/api";
import { Button } from "#components/ui/button";
import { IconButton } from "#components/ui/icon-button";
import { type Late, useLate } from "#components/ui/late";
import { useAnnounce } from "#components/ui/live-region";
import { Menu, MenuItem, MenuSeparator, RowMenu } from "#components/ui/menu";

type Task = "create" | "edit" | "delete";
type Begin = (task: Task, record?: RecordBase) => void;

const Context = createContext<{ noun: string; begin: Begin }>({ noun: "", begin: () => {} });

export interface Job {
  task: Task;
  record: RecordBase | undefined;
  draft: Values | undefined;
  /** Increases with each opening, so that each has a new dialog. */
  turn: number;
}

export interface DeskDialogsProps {
  job: Job;
  open: boolean;
  onClose: () => void;
  /** Initial values of a new record. */
  start: Values;
  /** Holds what is typed, for the draft. */
  typed: RefObject<Values | null>;
  onSaved: (record: RecordBase) => Promise<void>;
  /** The id of the record that was created. */
  made: string | null;
  /** Where to go after the page's own record is deleted. */
  deletedTo: string | undefined;
  visit: (go: () => void) => Promise<void>;
}

interface RecordDeskProps {
  /** “account”. */
  noun: string;
  /** The noun's dialogs, which are loaded later. */
  dialogs: Late<{ Dialogs: ComponentType<DeskDialogsProps> }>;
  /** Initial values of a new record. */
  start: Values;
  /** Where a new record can be seen, if it may not be on this page. */
  createdAt?: string | undefined;
  /** Where to go after the page's own record is deleted. */
  deletedTo?: string | undefined;
  /** The members' names that came with the page, by id. */
  members?: ReadonlyMap<string, string> | undefined;
  children: ReactNode;
}

const nobody: ReadonlyMap<string, string> = new Map();

/** The dialogs for a page's records. They outlive the rows and buttons that open them. */
export function RecordDesk(props: RecordDeskProps) {
  const { noun, dialogs, start, createdAt, deletedTo, members = nobody, children } = props;
  const router = useRouter();
  const visit = useVisit();
  const announce = useAnnounce();
  const [job, setJob] = useState<Job | null>(null);
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const typed = useRef<Values | null>(null);
  const module = useLate(dialogs, job !== null);

  function begin(task: Task, record?: RecordBase, draft?: Values) {
    setJob((last) => ({ task, record, draft, turn: (last?.turn ?? 0) + 1 }));
    setMade(null);
    setOpen(true);
  }

  useDraft<Pick<Job, "task" | "record" | "draft">>(
    noun,
    () => (open && job && typed.current ? { ...job, draft: typed.current } : null),
    ({ task, record, draft }) => begin(task, record, draft),
  );

  async function saved(record: RecordBase) {
    const created = job?.task === "create";
    await visit(() => (created && createdAt ? router.push(createdAt) : router.refresh()));
    if (created) setMade(record.id);
    announce(created ? `${record.name} created.` : `${record.name} saved.`);
  }

  const close = () => setOpen(false);
  return (
    <Context value={{ noun, begin: (task, record) => begin(task, record) }}>
      <KnownMembers value={members}>
        {children}
        {job && module && (
          <module.Dialogs {...{ job, open, start, typed, made, deletedTo, visit }} onClose={close} onSaved={saved} />
        )}
      </KnownMembers>
    </Context>
  );
}

/** The page's create button. Its shortcut is `n`. */
export function CreateButton({ look = "primary" }: { look?: "primary" | "secondary" }) {
  const { noun, begin } = useContext(Context);
  return (
    <Button look={look} icon={<Plus size={16} />} shortcut="n" onClick={() => begin("create")}>
      Create {noun}
    </Button>
  );
}

/** The `⋯` menu of a row. */
export function RecordMenu({ record }: { record: RecordBase }) {
  const { noun, begin } = useContext(Context);
  return (
    <RowMenu label={`Actions for ${record.name}`}>
      <MenuItem icon={<Pencil size={16} />} onSelect={() => begin("edit", record)}>
        Edit {noun}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 size={16} />} danger onSelect={() => begin("delete", record)}>
        Delete {noun}
      </MenuItem>
    </RowMenu>
  );
}

/** The actions on a record's page. */
export function RecordButtons({ record }: { record: RecordBase }) {
  const { noun, begin } = useContext(Context);
  return (
    <>
      <Button look="primary" icon={<Pencil size={16} />} onClick={() => begin("edit", record)}>
        Edit {noun}
      </Button>
      <Menu trigger={<IconButton bordered label={`Actions for ${record.name}`} icon={<MoreHorizontal size={16} />} />}>
        <MenuItem icon={<Trash2 size={16} />} danger onSelect={() => begin("delete", record)}>
          Delete {noun}
        </MenuItem>
      </Menu>
    </>
  );
}
