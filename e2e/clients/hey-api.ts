/** The API as a user of @hey-api/openapi-ts sees it. */
import { createClient } from "./generated/hey-api/client/index.js";
import { createContact, listContacts, readMe, updateContact } from "./generated/hey-api/sdk.gen.js";
import type { Problem } from "./generated/hey-api/types.gen.js";

export function connect(baseUrl: string, token: string) {
  const client = createClient({ baseUrl, auth: token });
  return {
    /** The names of all contacts with one of these email addresses, page by page. */
    async names(emails: string[], limit: number): Promise<string[][]> {
      const pages: string[][] = [];
      let cursor: string | null | undefined;
      do {
        const { data, error } = await listContacts({
          client,
          query: {
            limit,
            sort: "name",
            fields: ["name", "email"],
            "filter[email][in]": emails,
            ...(cursor ? { cursor } : {}),
          },
        });
        if (!data) throw new Error(error.code);
        pages.push(data.data.map((contact) => contact.name ?? ""));
        cursor = data.pagination.next_cursor;
      } while (cursor);
      return pages;
    },
    async create(first_name: string, email: string) {
      const { data, error, response } = await createContact({ client, body: { first_name, email } });
      if (!data) throw new Error(error.code);
      return { id: data.id, etag: response?.headers.get("ETag") ?? "" };
    },
    async update(id: string, etag: string, phone: string) {
      const { data, error, response } = await updateContact({
        client,
        path: { id },
        headers: { "If-Match": etag },
        body: { phone },
      });
      return data ? { phone: data.phone, etag: response?.headers.get("ETag") } : problem(error);
    },
    async createInvalid() {
      const { error } = await createContact({ client, body: { email: "nobody" } });
      return error && { ...problem(error), pointers: error.errors?.map((fault) => fault.pointer) };
    },
    async me() {
      const { error, response } = await readMe({ client });
      return error && { ...problem(error), retryAfter: Number(response?.headers.get("Retry-After")) };
    },
  };
}

function problem({ status, code }: Problem) {
  return { status, code };
}
