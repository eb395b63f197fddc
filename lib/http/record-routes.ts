import type { Endpoint } from "#lib/contract/endpoint";
import { byMethod } from "#lib/http/methods";
import { nowhere, type Route, resource } from "#lib/http/resource";
import { type ByOneStatement, type Check, type Served, serve, type Verb } from "#lib/http/serve";
import type { NounPlural } from "#lib/vocabulary";

/** The two paths of a noun: the collection and a single record. */
export type RecordRoutes = { collection: Route; item: Route };

/** The paths of every noun, by its plural. */
export type NounRoutes = Readonly<Record<NounPlural, RecordRoutes>>;

/** Binds a noun's endpoints to its verbs. */
export function recordRoutes<
  L extends Endpoint,
  C extends Endpoint,
  R extends Endpoint,
  U extends Endpoint,
  D extends Endpoint,
>(
  endpoints: { list: L; create: C; read: R; update: U; remove: D },
  verbs: {
    list: Verb<L>;
    listAtOnce: ByOneStatement<L>;
    create: Verb<C>;
    createFaults: Check<C>;
    read: Verb<R>;
    readAtOnce: ByOneStatement<R>;
    update: Verb<U>;
    updateFaults: Check<U>;
    remove: Verb<D>;
  },
): RecordRoutes {
  return {
    collection: resource(
      serve(endpoints.list, verbs.list, { atOnce: verbs.listAtOnce }),
      serve(endpoints.create, verbs.create, { check: verbs.createFaults }),
    ),
    item: resource(
      serve(endpoints.read, verbs.read, { atOnce: verbs.readAtOnce }),
      serve(endpoints.update, verbs.update, { check: verbs.updateFaults }),
      serve(endpoints.remove, verbs.remove),
    ),
  };
}

/** The handlers of a route file in `[noun]`, which serves every noun. */
export function byNoun(nouns: NounRoutes, path: keyof RecordRoutes): Route {
  const elsewhere = nowhere();
  return byMethod((method) => {
    const handle: Served["handle"] = async (request, context) => {
      const { noun } = await context.params;
      const route = isNoun(nouns, noun) ? nouns[noun][path] : elsewhere;
      return route[method](request, context);
    };
    return Object.assign(handle, { allow: elsewhere[method].allow });
  });
}

function isNoun(nouns: NounRoutes, name: unknown): name is NounPlural {
  return typeof name === "string" && Object.hasOwn(nouns, name);
}
