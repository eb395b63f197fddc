import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { newToken } from "#lib/format/token";
import { scanFiles } from "./scan.ts";

const folder = mkdtempSync(join(tmpdir(), "repdesk-scan-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("finds a token's secret in a file without repeating it, and allows its prefix", () => {
  const { secret } = newToken();
  writeFileSync(join(folder, "with.log"), `{"authorization":"Bearer ${secret}"}`);
  writeFileSync(join(folder, "without.log"), `{"token":"${secret.slice(0, 16)}"}`);
  const { files, found } = scanFiles([folder]);
  expect(files).toBe(2);
  expect(found).toEqual([`${join(folder, "with.log")}: 1 times`]);
});
