/** The API as a user of openapi-typescript and openapi-fetch sees it. */
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/openapi-fetch.js";

type Problem = components["schemas"]["Problem"];

export function connect(baseUrl: string, token: string) {
  const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
  return {
    /** The names of all contacts with one of these email addresses, page by page. */
    async names(emails: string[], limit: number): Promise<string[][]> {
      const pages: string[][] = [];
      let cursor: string | null | undefined;
      do {
        const { data, error } = await client.GET("/api/v1/contacts", {
          params: {
            query: {
              limit,
              sort: "name",
              fields: ["name", "email"],
              "filter[email][in]": emails,
              ...(cursor ? { cursor } : {}),
            },
          },
        });
        if (!data) throw new Error(error.code);
        pages.push(data.data.map((contact) => contact.name ?? ""));
        cursor = data.pagination.next_cursor;
      } while (cursor);
      return pages;
    },
    async create(first_name: string, email: string) {
      const { data, error, response } = await client.POST("/api/v1/contacts", { body: { first_name, email } });
      if (!data) throw new Error(error.code);
      return { id: data.id, etag: response.headers.get("ETag") ?? "" };
    },
    async update(id: string, etag: string, phone: string) {
      const { data, error, response } = await client.PATCH("/api/v1/contacts/{id}", {
        params: { path: { id }, header: { "If-Match": etag } },
        body: { phone },
      });
      return data ? { phone: data.phone, etag: response.headers.get("ETag") } : problem(error);
    },
    async createInvalid() {
      const { error } = await client.POST("/api/v1/contacts", { body: { email: "nobody" } });
      return error && { ...problem(error), pointers: error.errors?.map((fault) => fault.pointer) };
    },
    async me() {
      const { error, response } = await client.GET("/api/v1/me");
      return error && { ...problem(error), retryAfter: Number(response.headers.get("Retry-After")) };
    },
  };
}

function problem({ status, code }: Problem) {
  return { status, code };
}
