import { expect, test } from "playwright/test";
import { makeWorld, unique } from "./api/world.ts";
import { environment } from "./environment.ts";

/** Generated clients against the running server: `scripts/clients.ts` made and compiled them. Both offer the same few calls. */

type Failed = { status: number; code: string };
type Connected = {
  names(emails: string[], limit: number): Promise<string[][]>;
  create(firstName: string, email: string): Promise<{ id: string; etag: string }>;
  update(id: string, etag: string, phone: string): Promise<{ phone: string | null; etag: string | null } | Failed>;
  createInvalid(): Promise<(Failed & { pointers?: string[] }) | undefined>;
  me(): Promise<(Failed & { retryAfter: number }) | undefined>;
};

for (const name of ["openapi-fetch", "hey-api"])
  test(`${name}: lists page by page, creates, updates with an ETag, and is told of 422 and 429`, async () => {
    const { connect } = await import(`./clients/built/${name}.js`);
    const { token } = await makeWorld();
    const client: Connected = connect(environment.appUrl, token.secret);
    const emails = ["Ana", "Bo", "Cy"].map((each) => `${each.toLowerCase()}+${unique()}@example.com`);
    const [ana] = [await client.create("Ana", emails[0] ?? ""), await client.create("Bo", emails[1] ?? "")];
    await client.create("Cy", emails[2] ?? "");
    expect(await client.names(emails, 2)).toEqual([["Ana", "Bo"], ["Cy"]]);
    expect(await client.names(emails.slice(1), 2)).toEqual([["Bo", "Cy"]]);

    expect(ana.etag).toBe('"v1"');
    expect(await client.update(ana.id, ana.etag, "+1 512 555 0101")).toEqual({
      phone: "+1 512 555 0101",
      etag: '"v2"',
    });
    const stale = await client.update(ana.id, ana.etag, "+1 512 555 0102");
    expect(stale).toEqual({ status: 412, code: "version_mismatch" });
    expect(await client.createInvalid()).toEqual({ status: 422, code: "validation_failed", pointers: ["#/email"] });

    let limited = await client.me();
    for (let asked = 0; asked < 2_000 && !limited; asked += 20)
      limited = (await Promise.all(Array.from({ length: 20 }, () => client.me()))).find(Boolean);
    expect(limited).toEqual({ status: 429, code: "rate_limited", retryAfter: expect.any(Number) });
    expect(limited?.retryAfter).toBeGreaterThan(0);
  });
