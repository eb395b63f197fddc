import { randomInt } from "node:crypto";
import type { Endpoint } from "#lib/contract/endpoint";
import { registry } from "#lib/contract/registry";
import { environment } from "../environment.ts";
import { expectPromised } from "./contract.ts";

/** Calls to the API over plain HTTP, as from any client. */

// biome-ignore lint/suspicious/noExplicitAny: tests assert what they read
export type Reply = { status: number; headers: Headers; body: any; text: string };
export type Options = {
  token?: string;
  jwt?: string;
  cookie?: string;
  company?: string;
  body?: unknown;
  /** The raw body, instead of `body`. */
  raw?: BodyInit;
  headers?: Record<string, string>;
  address?: string;
};

/** An address that is unique in the run, so that limits by address don't affect other tests. The app under test trusts one proxy. */
export function someAddress(): string {
  const part = () => randomInt(1, 255);
  return `10.${part()}.${part()}.${part()}`;
}

const patterns = registry.map((contract) => ({
  contract,
  pattern: new RegExp(`^/api/v1${contract.path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
}));

/** The endpoint of a request, if there is one. */
export function endpointOf(method: string, path: string): Endpoint | undefined {
  const pathname = path.split("?")[0] as string;
  const wanted = method === "HEAD" ? "GET" : method;
  return patterns.find(({ contract, pattern }) => contract.method === wanted && pattern.test(pathname))?.contract;
}

export async function call(method: string, path: string, options: Options = {}): Promise<Reply> {
  const { token, jwt, cookie, company, body, raw } = options;
  const headers = new Headers({ "X-Forwarded-For": options.address ?? someAddress() });
  if (token ?? jwt) headers.set("Authorization", `Bearer ${token ?? jwt}`);
  if (cookie) headers.set("Cookie", cookie);
  if (company) headers.set("RepDesk-Company", company);
  if (body !== undefined) headers.set("Content-Type", "application/json");
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
  const response = await fetch(`${environment.appUrl}${path}`, {
    method,
    headers,
    body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
    redirect: "manual",
  });
  const text = await response.text();
  const type = response.headers.get("content-type");
  const isJson = /json/.test(type ?? "") && text !== "";
  const reply = { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : null, text };
  const contract = endpointOf(method, path);
  if (contract && method !== "HEAD") expectPromised(contract, reply.status, type, reply.body, /[?&]fields=/.test(path));
  return reply;
}

export const api = (method: string, path: string, options?: Options) => call(method, `/api/v1${path}`, options);
