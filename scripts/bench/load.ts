/** A worker that sends a share of a benchmark's requests, and reports the results. */
import { Agent, request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import { addressOf, type Mix, type MixName, mixes } from "./mixes.ts";

export type Load = { url: string; mix: MixName; first: number; count: number };
/** The number of responses by status, and of requests without a response. */
export type Outcome = { statuses: Record<string, number>; unanswered: number; ms: number };

const connections = 48;
/** Longer than any request may take. */
const patienceMs = 30_000;
const mostUnanswered = 100;

const { url, mix, first, count }: Load = workerData;
const { make }: Mix = mixes[mix];
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const statuses: Record<string, number> = {};
let unanswered = 0;
let next = first;

function send(index: number): Promise<void> {
  const { method, path, headers, body } = make(index, url);
  const options = { agent, method, timeout: patienceMs, headers: { ...headers, "x-forwarded-for": addressOf(index) } };
  return new Promise((resolve) => {
    const lose = () => {
      unanswered += 1;
      resolve();
    };
    const sent = request(url + path, options, (response) => {
      const status = String(response.statusCode);
      response.resume().once("error", lose);
      response.once("end", () => {
        statuses[status] = (statuses[status] ?? 0) + 1;
        resolve();
      });
    });
    sent.once("timeout", () => sent.destroy()).once("error", lose);
    sent.end(body);
  });
}

async function sendMany(): Promise<void> {
  while (next < first + count && unanswered <= mostUnanswered) {
    next += 1;
    await send(next - 1);
  }
}

const began = performance.now();
await Promise.all(Array.from({ length: connections }, sendMany));
agent.destroy();
parentPort?.postMessage({ statuses, unanswered, ms: performance.now() - began } satisfies Outcome);
