import { headers } from "next/headers";
import { sessionOfPage } from "#lib/auth/page";
import { AppError } from "#lib/errors";
import type { Admission } from "#lib/http/admission";
import { contextOfPage } from "#lib/http/page-requests";
import { admitted, type Call } from "#lib/http/pipeline";
import { count } from "#lib/http/rate-limit";

/** A page view's use of the database: one authentication and one transaction, which all parts of the page share. */
export type Visit = {
  /** Runs a load in the visit's transaction, after the loads that joined earlier. Rejects if the load throws. */
  join<T>(load: (call: Call) => Promise<T>): Promise<T>;
};

type Load = { run(call: Call): Promise<void>; reject(error: unknown): void };

/**
 * Next starts the layout, the metadata, and the page together, so all have joined before the database first responds. The transaction
 * ends when no load is left, whether or not rendering goes on, and has the same limits as any other. A load that joins later opens a
 * new transaction, so timing affects only how many there are.
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
      // A load may be waiting on a connection that is gone. Loads that have already settled are unaffected.
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
          // After a database error, PostgreSQL accepts no more statements in this transaction.
          if (!(error instanceof AppError) || error.code === "search_too_broad") throw error;
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

/** The proxy has already counted the view against the session's quota: there, a 429 was still possible. */
async function admit(): Promise<Admission> {
  const session = await sessionOfPage();
  if (session === null) throw new AppError("unauthenticated", "Nobody is signed in.");
  const { user_id, session_id } = session;
  return { credential: { kind: "session", user_id, session_id }, settle: async () => {} };
}
