import type { oas31 } from "zod-openapi";
import { errorCodesOf } from "#lib/contract/answers";
import { type ErrorCode, errorCodes, errors, type Fault, type Problem } from "#lib/contract/errors";
import { registry } from "#lib/contract/registry";
import { example } from "#lib/nouns/values";
import { type FaultCode, faultCodes } from "#lib/vocabulary";

type Schema = oas31.SchemaObject;

const text = (maxLength: number, description: string): Schema => ({ type: "string", maxLength, description });

/** Version 1 may add codes, so the known ones are examples and not an enum. */
const codeOf = (known: readonly string[], words: string): Schema => ({
  type: "string",
  maxLength: 40,
  pattern: "^[a-z_]+$",
  examples: [...known],
  description: `${words} Version 1 may add codes: treat an unknown one by the HTTP status.`,
});

/** What a failed request is answered with, and each fault in it. */
export const problemSchemas: Record<string, Schema> = {
  Problem: {
    type: "object",
    description:
      "Why a request failed (RFC 9457). `code` never changes. `title` and `detail` are for people and may change.",
    properties: {
      type: { ...text(2000, "A page that explains the code."), format: "uri" },
      title: text(200, "What the code means, the same for every occurrence."),
      status: { type: "integer", format: "int32", minimum: 400, maximum: 599, description: "The HTTP status." },
      code: codeOf(errorCodes, "What happened."),
      detail: text(10_000, "What happened this time and what to do."),
      instance: text(8192, "The path of the request."),
      request_id: text(30, "The ID of the request, as in `X-Request-Id`. Include it when you write to support."),
      errors: {
        type: "array",
        items: { $ref: "#/components/schemas/Fault" },
        minItems: 1,
        maxItems: 100,
        description: "All faults at once, up to 100.",
      },
      existing_id: text(40, "With `duplicate`: the record that has the value of the first fault, if you may see it."),
      required: text(40, "With `insufficient_scope` and `forbidden_role`: the missing scope or permission."),
      companies: {
        type: "array",
        items: {
          type: "object",
          properties: {
            id: text(30, "The company's ID."),
            slug: text(40, "The company's name in URLs."),
            name: text(100, "The company's name."),
          },
          required: ["id", "slug", "name"],
        },
        maxItems: 200,
        description: "With `company_required`: the companies to choose from.",
      },
    },
    required: ["type", "title", "status", "code", "detail", "instance", "request_id"],
  },
  Fault: {
    type: "object",
    description: "One fault. Exactly one of `pointer`, `parameter`, and `header` says where it is.",
    properties: {
      pointer: text(
        2000,
        "The place in the body, as a JSON Pointer in URI fragment form (RFC 6901, section 6), such as `#/email`.",
      ),
      parameter: text(200, "The query parameter."),
      header: text(200, "The request header."),
      code: codeOf(faultCodes, "What is wrong."),
      detail: text(1000, "What to fix. The text may change."),
      existing_id: text(40, "With `not_unique`: the record that has the value, if you may see it."),
    },
    required: ["code", "detail"],
  },
};

const fault = (place: Partial<Fault>, code: FaultCode, detail: string): Fault => ({ ...place, code, detail });

/** What the example of a code has besides the words of the error table. */
const specials: Partial<Record<ErrorCode, Partial<Problem>>> = {
  validation_failed: {
    detail: "2 fields need attention.",
    errors: [
      fault({ pointer: "#/email" }, "invalid_format", "Not an email address. Use one such as ana@example.com."),
      fault({ pointer: "#/account_id" }, "reference_not_found", "No such account."),
    ],
  },
  duplicate: {
    detail: "There is another contact with this email.",
    errors: [
      {
        ...fault({ pointer: "#/email" }, "not_unique", "Another contact of the company has this value."),
        existing_id: example("con"),
      },
    ],
    existing_id: example("con"),
  },
  invalid_parameter: { errors: [fault({ parameter: "limit" }, "out_of_range", "limit: At most 200.")] },
  unknown_parameter: {
    errors: [
      fault({ parameter: "page" }, "unknown_field", 'No parameter "page". This endpoint takes limit, cursor, sort.'),
    ],
  },
  invalid_header: {
    errors: [
      fault({ header: "If-Match" }, "invalid_format", 'If-Match takes one ETag of the record, such as "v7", or *.'),
    ],
  },
  token_expired: { detail: "This token expired on 2026-11-02T09:30:00.000Z." },
  rate_limited: { detail: "Too many requests. Try again in 12 seconds." },
  insufficient_scope: { required: "contacts:write" },
  company_required: { companies: [{ id: example("cmp"), slug: "acme", name: "Acme" }] },
};

/** A problem as it could be returned. */
export function exampleProblem(code: ErrorCode): Problem {
  const { status, title, meaning } = errors[code];
  const special = specials[code];
  return {
    type: `https://repdesk.io/help/api-errors#${code}`,
    title,
    status,
    code,
    detail: special?.errors?.[0]?.detail ?? meaning,
    instance: "/api/v1/contacts",
    request_id: example("req"),
    ...special,
  };
}

/** An example of each code that an operation can fail with. */
export function problemExamples(): Record<string, oas31.ExampleObject> {
  const answered = new Set(registry.flatMap(errorCodesOf));
  const examples = errorCodes.filter((code) => answered.has(code));
  return Object.fromEntries(
    examples.map((code) => [code, { summary: errors[code].title, value: exampleProblem(code) }]),
  );
}
