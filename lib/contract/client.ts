import type { AnswerOf, Endpoint, RequestOf } from "#lib/contract/endpoint";
import { writeList } from "#lib/contract/list";
import type { SignInAnswer } from "#lib/contract/session";
import { ApiProblem, type Sent, send } from "#lib/contract/transport";

export { ApiProblem, Unreachable } from "#lib/contract/transport";

/** What a call takes: path, query and body fields side by side, and the version that a write is meant for. */
export type Call<E> = RequestOf<E> &
  (E extends { versioned: true; method: "PATCH" | "DELETE" } ? { if_version?: number } : unknown);

type Values = Record<string, unknown>;
type MaybeCall<E> =
  object extends Call<E> ? [input?: Call<E>, options?: CallOptions] : [input: Call<E>, options?: CallOptions];

export type CallOptions = {
  /** For a POST that a person sends again after no answer came: the key of the first try. A new one otherwise. */
  key?: string;
  signal?: AbortSignal;
  /** Slug or id of the company that this one call is for, in place of the client's own. */
  company?: string;
};

export type ClientOptions = {
  /** Slug or id of the company that calls are for. A token knows its own. */
  company?: string;
  baseUrl?: string;
  /** An API token; without one the browser's session cookie counts. */
  token?: string;
  fetch?: typeof fetch;
  /** Refreshes the session: false when it is over. Asked once for all calls that wait for it. */
  refresh?: () => Promise<boolean>;
  /** The session is over, and refreshing did not help. The call fails with its ApiProblem besides. */
  onSignedOut?: () => void;
};

export type Client = ReturnType<typeof createClient>;

/** A key of 128 random bits. `crypto.randomUUID` is missing where the app is served over plain http. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A client of the API, typed by the endpoints' declarations. Calls throw ApiProblem or Unreachable. */
export function createClient(options: ClientOptions = {}) {
  const sender = options.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));
  let refreshing: Promise<boolean> | null = null;

  function refreshOnce(refresh: () => Promise<boolean>): Promise<boolean> {
    refreshing ??= refresh().finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  /** Sends; where the session has expired, refreshes it once and sends again, with the same idempotency key. */
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

  /** The pages of a list, one after the other. */
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

/** Flat input, parted as the contract says. Throws TypeError for a field that it does not have. */
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
