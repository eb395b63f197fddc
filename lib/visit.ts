import { headers } from "next/headers";
import { sessionOfPage } from "#lib/auth/page";
import { AppError } from "#lib/errors";
import type { Admission } from "#lib/http/admission";
import { contextOfPage } from "#lib/http/page-requests";
import { admitted, type Call } from "#lib/http/pipeline";
import { count } from "#lib/http/rate-limit";

/** A page view at the database: one authentication and one transaction, which the parts of the page join. */
export type Visit = {
  /** Runs a load in the visit's transaction, after those that joined before. Rejects with what it throws. */
  join<T>(load: (call: Call) => Promise<T>): Promise<T>;
};

type Load = { run(call: Call): Promise<void>; reject(error: unknown): void };

/**
 * Next starts layout, metadata and page together, so all have joined before the first answer of the database arrives. The transaction
 * ends as soon as no load is left, however the rendering goes on, and within the limits of any other. A load that joins later opens a
 * new one: timing decides only how many there are.
 */
export function visitor(company: string | null): Visit {
  /** The loads of the open transaction. */
  let joined: Load[] | null = null;

  const close = (loads: Load[]) => {
    if (joined === loads) joined = null;
  };
  const open = async (loads: Load[]) => {
    try {
      const context = contextOfPage(await headers());
      const need = company === null ? "none" : "required";
      await admitted(context, { admit, company, need, read_only: true, charge: count }, async (call) => {
        if (call === null) throw new Error("A page view is authenticated.");
        for (const load of loads) await load.run(call);
        close(loads);
      });
    } catch (error) {
      close(loads);
      // One of them may wait for a connection that is gone. Those that have their result stay as they are.
      for (const { reject } of loads) reject(error);
    }
  };

  return {
    join<T>(load: (call: Call) => Promise<T>): Promise<T> {
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      const run = async (call: Call) => {
        try {
          resolve(await load(call));
        } catch (error) {
          reject(error);
          // PostgreSQL takes no more statements after an error of its own.
          if (!(error instanceof AppError)) throw error;
        }
      };
      if (joined) joined.push({ run, reject });
      else {
        joined = [{ run, reject }];
        void open(joined);
      }
      return promise;
    },
  };
}

/** The proxy has taken the view from the session's quota, where the answer could still be 429. */
async function admit(): Promise<Admission> {
  const session = await sessionOfPage();
  if (session === null) throw new AppError("unauthenticated", "Nobody is signed in.");
  const { user_id, session_id } = session;
  return { credential: { kind: "session", user_id, session_id }, settle: async () => {} };
}
