import type { ComponentType, ReactNode } from "react";
import type { z } from "zod";
import type { RecordForm } from "#components/records/record-form";
import type { FieldFault, RecordBase, Values } from "#components/records/values";
import type { CallOptions, Client } from "#lib/contract/client";

/** What the shared forms and dialogs have to know about accounts, or about contacts. */
export interface RecordKind<R extends RecordBase, V extends Values> {
  /** “account”: for “Create account” and “Delete account”. */
  noun: string;
  empty: V;
  /** The contract's own schema of a whole new record. */
  schema: z.ZodType;
  /** What a field is called. */
  labels: Record<keyof V & string, string>;
  /** What is wrong and what to do, where the contract's own sentence does not say it. */
  words: (fault: FieldFault) => string | undefined;
  /** A field's value, for reading. */
  show: (field: keyof V & string, value: unknown) => ReactNode;
  Fields: ComponentType<{ form: RecordForm<V> }>;
  /** What becomes of others when it is deleted. */
  consequence: (record: R) => string;
  /** Where another record of this kind is found. */
  href: (company: string, id: string) => string;
  read: (api: Client, id: string) => Promise<R>;
  create: (api: Client, body: Record<string, unknown>, options: CallOptions) => Promise<R>;
  update: (api: Client, id: string, version: number, changes: Record<string, unknown>) => Promise<R>;
  remove: (api: Client, id: string, version: number) => Promise<unknown>;
}
