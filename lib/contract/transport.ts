import type { ErrorCode, Fault, Problem } from "#lib/contract/errors";

/** An error response of the API (RFC 9457). `message` is the text to show. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly errors: Fault[];
  readonly existing_id: string | null;
  readonly request_id: string | null;
  /** Seconds to wait before repeating the request; null if the response doesn't say. */
  readonly retryAfter: number | null;

  constructor(response: Response, problem: Partial<Problem>) {
    const detail = problem.detail ?? "RepDesk's response couldn't be read. Try again.";
    super(detail);
    this.name = "ApiProblem";
    this.status = response.status;
    this.code = problem.code ?? "internal_error";
    this.detail = detail;
    this.errors = problem.errors ?? [];
    this.existing_id = problem.existing_id ?? null;
    this.request_id = problem.request_id ?? response.headers.get("x-request-id");
    const seconds = response.headers.get("retry-after");
    this.retryAfter = seconds !== null && /^\d+$/.test(seconds) ? Number(seconds) : null;
  }
}

/** No response: no network, no server, or not in time. The request may or may not have had an effect. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super("Couldn't reach RepDesk. Your text is kept. Try again.", { cause });
    this.name = "Unreachable";
  }
}

export type Sent = { method: string; url: string; headers: Record<string, string>; body?: string | undefined };

export type SendOptions = {
  fetch: typeof fetch;
  /** Whether the request can safely be sent again if the first response was lost. */
  repeatable: boolean;
  signal?: AbortSignal | undefined;
};

/** The server responds within 10 seconds, if only with an error. */
const patienceMs = 20_000;
const maxRepeats = 2;
/** Longer waits are left to the caller. */
const longestWaitSeconds = 6;

/**
 * Sends a request and returns its parsed response. Repeats it up to twice after a 429 or 503 that asks for a short wait: always after
 * a 429, since nothing was done; after a 503 only if the request is repeatable. Throws ApiProblem or Unreachable.
 */
export async function send(sent: Sent, options: SendOptions): Promise<unknown> {
  for (let repeats = 0; ; repeats += 1) {
    try {
      return await attempt(sent, options);
    } catch (error) {
      const wait = error instanceof ApiProblem ? waitFor(error, options.repeatable) : null;
      if (wait === null || repeats === maxRepeats) throw error;
      await pause(wait * 1000, options.signal);
    }
  }
}

function waitFor({ status, retryAfter }: ApiProblem, repeatable: boolean): number | null {
  if (status !== 429 && !(status === 503 && repeatable)) return null;
  const seconds = retryAfter ?? 1;
  return seconds <= longestWaitSeconds ? seconds : null;
}

async function attempt({ url, ...init }: Sent, options: SendOptions): Promise<unknown> {
  const patience = AbortSignal.timeout(patienceMs);
  const signal = options.signal ? AbortSignal.any([options.signal, patience]) : patience;
  let response: Response;
  let text: string;
  try {
    response = await options.fetch(url, { ...init, signal });
    text = await response.text();
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new Unreachable(error);
  }
  const answer = parse(text);
  if (response.ok && answer !== undefined) return answer;
  // A gateway in front of the app, or a network's own sign-in page, responds in HTML.
  if (answer === undefined && (response.ok || response.status >= 502)) throw new Unreachable();
  throw new ApiProblem(response, (answer ?? {}) as Partial<Problem>);
}

function parse(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  signal?.throwIfAborted();
}
