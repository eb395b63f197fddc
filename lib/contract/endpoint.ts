import { z } from "zod";
import type { ErrorCode } from "#lib/contract/errors";
import type { ListOptions, ListQuery } from "#lib/contract/list";
import type { Permission } from "#lib/vocabulary";

type Shape = z.ZodObject;
type Example = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown; answer?: unknown };

/**
 * One endpoint, declared once. Validation, permissions, status, serialization, the OpenAPI document,
 * `docs/PUBLIC_API.md`, the typed client, and the security matrix are derived from it.
 */
export type Endpoint<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  B extends Shape = Shape,
  O extends z.ZodType = z.ZodType,
> = {
  /** The operation id: `listContacts`. */
  operation: string;
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below `/api/v1`, with `{id}` for parameters. */
  path: string;
  tag: string;
  summary: string;
  description: string;
  auth: "none" | "session" | "token" | "any";
  company: "required" | "optional" | "none";
  /** The scope or permission that it requires, if any. */
  permission: Permission | null;
  params?: P;
  query?: Q;
  body?: B;
  /** The list's options. Its query parameters are derived from them. */
  list?: ListOptions;
  status: 200 | 201 | 202 | 204;
  /** Absent with 204. */
  output?: O;
  /** The response is one record with a version: it has an ETag, and writes accept If-Match. */
  versioned?: boolean;
  /** Parts of the record change without a new version, so GET never returns 304. */
  volatile?: boolean;
  /** Not rate limited: a load balancer sends all its checks from one address. */
  unlimited?: boolean;
  /** Without authentication: the network's quota that it takes from, instead of the common one. */
  quota?: "leak_report";
  /** The body may contain API tokens. All other bodies that contain one are rejected. */
  takesTokens?: boolean;
  /** The response is the same for everyone: any origin may read it, and its ETag is a hash of it. */
  shared?: boolean;
  /** Returns the path of a created record, for `Location`. */
  location?: (record: { id: string }) => string;
  /** Fields that an idempotent replay must not show again, with the values to show instead. */
  once?: Record<string, unknown>;
  /** The errors that the verb may throw, besides those that follow from the declaration. */
  errors?: readonly ErrorCode[];
  example: Example;
};

type Out<S> = S extends z.ZodType ? z.output<S> : unknown;
type In<S> = S extends z.ZodType ? z.input<S> : unknown;
type Versioned<E> = E extends { versioned: true; method: "PATCH" | "DELETE" } ? { if_version?: number } : unknown;
type Listed<E> = E extends { list: ListOptions } ? ListQuery : unknown;
type Part<E, K extends string> = E extends { [key in K]: infer S } ? S : undefined;

/** What a verb receives: path, query, and body fields in one object. */
export type InputOf<E> = Out<Part<E, "params">> &
  Out<Part<E, "query">> &
  Out<Part<E, "body">> &
  Versioned<E> &
  Listed<E>;

/** What a verb returns. Timestamps are dates here and text on the wire. */
// biome-ignore lint/suspicious/noConfusingVoidType: it is a return type: a verb without output returns nothing
export type ResultOf<E> = E extends { output: z.ZodType } ? z.output<E["output"]> : void;

/** What a client receives. */
export type AnswerOf<E> = E extends { output: z.ZodType } ? z.input<E["output"]> : null;

/** What a client sends: path, query, and body fields in one object. */
export type RequestOf<E> = In<Part<E, "params">> & In<Part<E, "query">> & In<Part<E, "body">>;

function keys(schema: Shape | undefined): string[] {
  return schema ? Object.keys(schema.shape) : [];
}

/** Declares an endpoint. Throws if two parts of the input have a field of the same name, or if the declaration contradicts itself. */
export function endpoint<const E extends Endpoint>(declaration: E): E {
  const names = [...keys(declaration.params), ...keys(declaration.query), ...keys(declaration.body)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`${declaration.operation}: the input has two fields named ${twice}`);
  if (declaration.permission && declaration.company !== "required") {
    throw new Error(`${declaration.operation}: an endpoint with a permission requires a company`);
  }
  if ((declaration.status === 204) !== (declaration.output === undefined)) {
    throw new Error(`${declaration.operation}: 204 has no output, and every other status has one`);
  }
  return declaration;
}

/** Path parameters with a single id. */
export const byId = (schema: z.ZodString) => z.strictObject({ id: schema });
