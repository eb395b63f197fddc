/**
 * A process that sends a benchmark's requests. It speaks HTTP/1.1 over plain sockets, so that it needs little of the processors that it
 * shares with the server.
 */
import { connect, type Socket } from "node:net";

/**
 * Requests to send for some seconds, in turn, over 10 connections. In each, `#########` is replaced by a number that is used once.
 */
export type Load = { port: number; requests: string[]; seconds: number };
/** The number of responses by status. `bytes`: of the bodies of the last responses. */
export type Outcome = { statuses: Record<string, number>; ms: number };

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
function sendOver(load: Load, until: number, statuses: Outcome["statuses"]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: load.port, host: "127.0.0.1", noDelay: true });
    const read = responseReader((status) => {
      statuses[status] = (statuses[status] ?? 0) + 1;
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

/** Calls back with the status of each response that has arrived completely. There is only one at a time. */
function responseReader(onResponse: (status: string) => void): (bytes: Buffer) => void {
  let status = "";
  let ending = "";
  let left = 0;
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
      const length = /\r\ncontent-length: *(\d+)/.exec(fields)?.[1];
      ending = length === undefined ? "chunked" : "length";
      left = Number(length ?? 0);
      body = Buffer.from(head.slice(end + 4), "latin1");
      head = "";
      tail = "\r\n";
    }
    if (ending === "length") left -= body.length;
    else tail = (tail + body.subarray(-8).toString("latin1")).slice(-8);
    const isComplete = ending === "length" ? left <= 0 : tail.endsWith("\r\n0\r\n\r\n");
    if (!isComplete) return;
    const finished = status;
    status = "";
    onResponse(finished);
  };
}

async function sendAll(load: Load): Promise<Outcome> {
  const statuses: Outcome["statuses"] = {};
  const began = performance.now();
  const until = began + load.seconds * 1_000;
  await Promise.all(Array.from({ length: connections }, () => sendOver(load, until, statuses)));
  return { statuses, ms: performance.now() - began };
}

process.on("message", async (load: Load) => {
  try {
    process.send?.(await sendAll(load));
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.message : String(error) });
  }
});
process.once("disconnect", () => process.exit());
