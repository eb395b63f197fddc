import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { AppError } from "#lib/errors";
import { newId } from "#lib/format/ids";
import { logBrokenRequest } from "#lib/http/context";
import { commonHeaders } from "#lib/http/headers";
import { problem } from "#lib/http/problem";
import { textOf } from "#lib/http/text-response";

/** Answers what Node's parser rejects, and closes the connection, as required by RFC 9112, 11.2. */
export function answerBrokenRequests(server: Server): void {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.prependListener("request", (incoming: IncomingMessage, outgoing: ServerResponse) => {
    latest.set(incoming.socket, outgoing);
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const response = latest.get(socket);
    const isAnswering = response?.headersSent && !response.writableFinished;
    if (socket.writable && !isAnswering && error.code !== "ECONNRESET") answer(socket, errorFor(error.code));
    else socket.destroy();
  });
  server.on("connect", (_request, socket) => {
    const detail = "CONNECT is not allowed here: RepDesk isn't a proxy.";
    answer(socket, new AppError("method_not_allowed", detail, { headers: { Allow: "" } }));
  });
}

function errorFor(code: string | undefined): AppError {
  if (code === "HPE_HEADER_OVERFLOW") {
    return new AppError(
      "headers_too_large",
      "The request line and the headers have more than 16 KB together. Send fewer or shorter ones.",
    );
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return new AppError("request_timeout", "The request didn't arrive in time. Send it again.");
  }
  return new AppError("malformed_request", "This is not a valid HTTP/1.1 request. Send it with an HTTP library.");
}

function answer(socket: Duplex & { remoteAddress?: string }, error: AppError): void {
  const id = newId("req");
  const response = problem({ id, instance: "/" }, error);
  const body = Buffer.from(textOf(response) ?? "");
  for (const [name, value] of Object.entries(commonHeaders(id))) response.headers.set(name, value);
  response.headers.set("Connection", "close");
  response.headers.set("Content-Length", String(body.byteLength));
  const head = [`HTTP/1.1 ${response.status} ${STATUS_CODES[response.status]}`];
  for (const [name, value] of response.headers) head.push(`${name}: ${value}`);
  logBrokenRequest({ id, code: error.code, status: response.status, address: socket.remoteAddress ?? "" });
  socket.end(Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]));
}
