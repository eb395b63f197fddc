import type { AnswerOf, Endpoint, RequestOf } from "#lib/contract/endpoint";
import type { SignInAnswer } from "#lib/contract/session";
import { ApiProblem, type Sent, send } from "#lib/contract/transport";
import { writeList } from "#lib/contract/write-list";

export { ApiProblem, Unreachable } from "#lib/contract/transport";

/** The input of a call: path, query, and body fields in one object, and the version that a write is based on. */
export type Call<E> = RequestOf<E> &
  (E extends { versioned: true; method: "PATCH" | "DELETE" } ? { if_version?: number } : unknown);

type Values = Record<string, unknown>;
type MaybeCall<E> =
  object extends Call<E> ? [input?: Call<E>, options?: CallOptions] : [input: Call<E>, options?: CallOptions];

export type CallOptions = {
  /** The idempotency key. Pass the first attempt's key to repeat a POST that got no answer. Default: a new key. */
  key?: string;
  signal?: AbortSignal;
  /** Slug or id of the company for this call. Default: the client's company. */
  company?: string;
};

export type ClientOptions = {
  /** Slug or id of the company. Not needed with a token, which belongs to one company. */
  company?: string;
  baseUrl?: string;
  /** An API token. Default: the browser's session cookie. */
  token?: string;
  fetch?: typeof fetch;
  /** Refreshes the session; returns false if it is over. Called once for all calls that are waiting for it. */
  refresh?: () => Promise<boolean>;
  /** Called when the session is over and can't be refreshed. The API call also throws its ApiProblem. */
  onSignedOut?: () => void;
};

export type Client = ReturnType<typeof createClient>;

/** Returns a key of 128 random bits. `crypto.randomUUID` doesn't exist on pages served over plain HTTP. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Creates an API client, typed by the endpoints' declarations. Calls throw ApiProblem or Unreachable. */
export function createClient(options: ClientOptions = {}) {
  const sender = options.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));
  let refreshing: Promise<boolean> | null = null;

  function refreshOnce(refresh: () => Promise<boolean>): Promise<boolean> {
    refreshing ??= refresh().finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  /** Sends a request. If the session has expired, refreshes it once and sends again with the same idempotency key. */
  async function carry(sent: Sent, repeatable: boolean, signal?: AbortSignal): Promise<unknown> {
    const once = () => send(sent, { fetch: sender, repeatable, signal });
    try {
      return await once();
    } catch (error) {
      if (!options.refresh || !isSessionOver(error)) throw error;
      if (!(await refreshOnce(options.refresh))) {
        options.onSignedOut?.();
        throw error;
      }
    }
    try {
      return await once();
    } catch (error) {
      if (isSessionOver(error)) options.onSignedOut?.();
      throw error;
    }
  }

  async function call<E extends Endpoint>(
    contract: E,
    ...[input, { key, signal, company = options.company } = {}]: MaybeCall<E>
  ): Promise<AnswerOf<E>> {
    const { if_version, ...values } = (input ?? {}) as Values;
    const { path, query, body } = split(contract, values);
    const headers: Record<string, string> = { Accept: "application/json" };
    if (options.token) headers.Authorization = `Bearer ${options.token}`;
    if (company && contract.company !== "none") headers["RepDesk-Company"] = company;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (contract.method === "POST") headers["Idempotency-Key"] = key ?? newKey();
    if (if_version !== undefined) headers["If-Match"] = `"v${if_version}"`;
    const url = `${options.baseUrl ?? "/api/v1"}${path}${query}`;
    const repeatable = contract.method === "GET" || contract.method === "POST" || if_version !== undefined;
    return (await carry({ method: contract.method, url, headers, body }, repeatable, signal)) as AnswerOf<E>;
  }

  /** Yields the pages of a list in order. */
  async function* pages<E extends Endpoint>(
    contract: E,
    input?: Call<E>,
    options?: CallOptions,
  ): AsyncGenerator<AnswerOf<E>> {
    let cursor: string | null = null;
    do {
      const asked = { ...(input as object | undefined), ...(cursor !== null && { cursor }) };
      const answer: AnswerOf<E> = await call(contract, ...([asked, options] as unknown as MaybeCall<E>));
      yield answer;
      cursor = (answer as unknown as { pagination: { next_cursor: string | null } }).pagination.next_cursor;
    } while (cursor !== null);
  }

  /** Calls a sign-in endpoint, such as `sign-in`. */
  async function auth(name: string, input?: object): Promise<SignInAnswer> {
    const headers = { Accept: "application/json", "Content-Type": "application/json" };
    const body = JSON.stringify(input ?? {});
    return (await carry({ method: "POST", url: `/auth/${name}`, headers, body }, false)) as SignInAnswer;
  }

  return { call, pages, auth };
}

function isSessionOver(error: unknown): boolean {
  return error instanceof ApiProblem && (error.code === "session_invalid" || error.code === "unauthenticated");
}

/** Splits flat input into path, query, and body. Throws TypeError for a field that the contract doesn't have. */
function split(contract: Endpoint, values: Values): { path: string; query: string; body: string | undefined } {
  const shapes = [contract.params?.shape, contract.query?.shape, contract.body?.shape];
  const stray = Object.keys(values).find((name) => !shapes.some((shape) => shape && name in shape));
  if (stray !== undefined) throw new TypeError(`${contract.operation} takes no ${stray}`);
  const of = (shape: object | undefined) =>
    Object.entries(values).filter(([name, value]) => shape && name in shape && value !== undefined);

  const search = new URLSearchParams();
  for (const [name, value] of of(contract.query?.shape))
    if (value !== null) search.set(name, Array.isArray(value) ? writeList(value.map(String)) : String(value));
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
  return {
    path,
    query: search.size > 0 ? `?${search}` : "",
    body: contract.body && JSON.stringify(Object.fromEntries(of(contract.body.shape))),
  };
}
