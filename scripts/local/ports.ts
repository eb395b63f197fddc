import { createServer } from "node:net";

/** Whether a port is free. A quick check, so that programs rarely start in vain. */
export function isFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code !== "EADDRINUSE" && error.code !== "EACCES"),
    );
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
