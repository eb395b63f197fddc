import { index, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytewise, createdAt, idCheck, lengthCheck, oneOf, repdesk } from "#lib/db/columns";
import { type SignInKind, signInKinds } from "#lib/vocabulary";

/**
 * A person's sign-in activity, across all their companies. The policy lets the transaction's user read their own. Only
 * `repdesk.note_sign_ins` writes, and rows are deleted after 90 days.
 */
export const signInEvents = repdesk.table(
  "sign_in_events",
  {
    id: bytewise().notNull(),
    user_id: uuid().notNull(),
    kind: text().$type<SignInKind>().notNull(),
    created_at: createdAt(),
    network: text(),
    device: text(),
    session_id: uuid(),
  },
  (table) => [
    primaryKey({ name: "sign_in_events_key", columns: [table.user_id, table.id] }),
    index("sign_in_events_by_time").on(table.user_id, table.created_at, table.id),
    index("sign_in_events_by_age").on(table.created_at),
    idCheck("sign_in_events_id_form", "sgn"),
    oneOf("sign_in_events_kind_known", table.kind, signInKinds),
    lengthCheck("sign_in_events_network_length", table.network, 50),
    lengthCheck("sign_in_events_device_length", table.device, 100),
  ],
);
