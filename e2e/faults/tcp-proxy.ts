import net from "node:net";

/** How a path to the database can be broken. */
export type Trouble =
  | "none"
  /** Connections are refused. */
  | "refuse"
  /** Connections are accepted and closed immediately, as by a server that is starting. */
  | "close"
  /** Connections are accepted but never get a byte. */
  | "dark"
  /** Bytes are delayed by half a second. */
  | "slow"
  /** The connection breaks after the first bytes of the next response. */
  | "cut";

const delayMs = 500;

/** A simple query that begins or ends a transaction. */
const boundary = /Q.{4}(begin|commit|rollback)(?: read only)?\0/gs;

/** A small TCP proxy in front of PostgreSQL that can break connections like networks and servers do. */
export class TcpProxy {
  private server: net.Server | undefined;
  private readonly pairs = new Set<{ client: net.Socket; upstream: net.Socket }>();
  private trouble: Trouble = "none";
  /** The number of connection attempts. */
  connects = 0;
  /** The statements that began and ended a transaction, in the order in which they passed. */
  readonly transactions: string[] = [];
  port = 0;
  private readonly target: { host: string; port: number };

  constructor(target: { host: string; port: number }) {
    this.target = target;
  }

  async open(): Promise<void> {
    const server = net.createServer({ noDelay: true }, (client) => this.take(client));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.port, "127.0.0.1", resolve);
    });
    this.port = (server.address() as net.AddressInfo).port;
    this.server = server;
  }

  /** Takes effect immediately, also for open connections. */
  async make(trouble: Trouble): Promise<void> {
    const before = this.trouble;
    this.trouble = trouble;
    if (trouble === "refuse") {
      this.server?.close();
      this.server = undefined;
    } else if (before === "refuse") await this.open();
    if (trouble === "refuse" || trouble === "close") this.breakAll();
  }

  /** From which ports its open connections reach the database, which lists them as `client_port`. */
  ports(): number[] {
    return [...this.pairs].flatMap(({ upstream }) => upstream.localPort ?? []);
  }

  async stop(): Promise<void> {
    this.breakAll();
    await new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
  }

  private breakAll(): void {
    for (const { client, upstream } of this.pairs) {
      client.resetAndDestroy();
      upstream.destroy();
    }
  }

  private take(client: net.Socket): void {
    this.connects += 1;
    client.on("error", () => {});
    if (this.trouble === "close") {
      client.destroy();
      return;
    }
    const upstream = net.connect({ ...this.target, noDelay: true });
    upstream.on("error", () => client.destroy());
    const pair = { client, upstream };
    this.pairs.add(pair);
    client.on("data", (bytes) => this.pass(bytes, upstream, false));
    upstream.on("data", (bytes) => this.pass(bytes, client, true));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on("close", () => {
        other.destroy();
        this.pairs.delete(pair);
      });
    }
  }

  private pass(bytes: Buffer, to: net.Socket, isAnswer: boolean): void {
    if (!isAnswer)
      this.transactions.push(
        ...bytes
          .toString("latin1")
          .matchAll(boundary)
          .map(([, name = ""]) => name),
      );
    if (this.trouble === "dark") return;
    if (this.trouble === "slow") setTimeout(() => to.writable && to.write(bytes), delayMs);
    else if (this.trouble === "cut" && isAnswer) {
      to.write(bytes.subarray(0, Math.max(1, Math.floor(bytes.length / 2))), () => to.resetAndDestroy());
    } else to.write(bytes);
  }
}
