/**
 * A process that sends a benchmark's requests. It speaks HTTP/1.1 over plain sockets, so that it needs little of the processors that it
 * shares with the server.
 */
import { connect, type Socket } from "node:net";

/**
 * Requests to send for some seconds, in turn, over 10 connections. In each, `#########` is replaced by a number that is used once.
 */
export type Load = { port: number; requests: string[]; seconds: number };
/** The number of responses by status, and the bytes of all their bodies. */
export type Outcome = { statuses: Record<string, number>; bytes: number; ms: number };

const connections = 10;
const patienceMs = 15_000;
const numberPlace = "#########";
let number = 0;

function next({ requests }: Load): string {
  number += 1;
  const request = requests[number % requests.length] as string;
  return request.replaceAll(numberPlace, String(number).padStart(numberPlace.length, "0"));
}

/** Sends requests over one connection, one after another, until the time is over. */
function sendOver(load: Load, until: number, outcome: Outcome): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: load.port, host: "127.0.0.1", noDelay: true });
    const read = responseReader((status, bytes) => {
      outcome.statuses[status] = (outcome.statuses[status] ?? 0) + 1;
      outcome.bytes += bytes;
      if (performance.now() < until) send(socket, load);
      else socket.end(resolve);
    });
    socket.once("connect", () => send(socket, load));
    socket.on("data", read);
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("The server closed a connection.")));
    socket.setTimeout(patienceMs, () => socket.destroy(new Error("The server did not answer.")));
  });
}

function send(socket: Socket, load: Load): void {
  socket.write(next(load), "latin1");
}

/** Calls back with the status and length of each response that has arrived completely. There is only one at a time. */
function responseReader(onResponse: (status: string, bytes: number) => void): (bytes: Buffer) => void {
  let status = "";
  let ending = "";
  let length = 0;
  let received = 0;
  let tail = "";
  let head = "";
  return (bytes) => {
    let body = bytes;
    if (status === "") {
      head += bytes.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      status = head.slice(9, 12);
      const fields = head.slice(0, end).toLowerCase();
      const given = /\r\ncontent-length: *(\d+)/.exec(fields)?.[1];
      ending = given === undefined ? "chunked" : "length";
      length = Number(given ?? 0);
      received = 0;
      body = Buffer.from(head.slice(end + 4), "latin1");
      head = "";
      tail = "\r\n";
    }
    received += body.length;
    tail = (tail + body.subarray(-8).toString("latin1")).slice(-8);
    const isComplete = ending === "length" ? received >= length : tail.endsWith("\r\n0\r\n\r\n");
    if (!isComplete) return;
    const finished = status;
    status = "";
    onResponse(finished, received);
  };
}

async function sendAll(load: Load): Promise<Outcome> {
  const outcome: Outcome = { statuses: {}, bytes: 0, ms: 0 };
  const began = performance.now();
  const until = began + load.seconds * 1_000;
  await Promise.all(Array.from({ length: connections }, () => sendOver(load, until, outcome)));
  return { ...outcome, ms: performance.now() - began };
}

process.on("message", async (load: Load) => {
  try {
    process.send?.(await sendAll(load));
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.message : String(error) });
  }
});
process.once("disconnect", () => process.exit());
