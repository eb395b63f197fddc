import type { oas31 } from "zod-openapi";
import { errorCodesOf, hasEtag, takesIfMatch, takesKey } from "#lib/contract/answers";
import type { Endpoint } from "#lib/contract/endpoint";
import { type ErrorCode, errorCodes, errors } from "#lib/contract/errors";
import { faultWords } from "#lib/contract/fault-words";
import { registry } from "#lib/contract/registry";
import { faultCodes } from "#lib/vocabulary";
import { nameOf, recordOf } from "#scripts/api-docs/components";
import { anchor, answerBlock, requestBlock, table } from "#scripts/api-docs/markdown";
import { openApi } from "#scripts/api-docs/openapi";
import { typesIn } from "#scripts/api-docs/types";
import { callersOf, codes } from "#scripts/api-docs/words";

/** `docs/API_REFERENCE.md`: every endpoint, with what it takes and what it returns. It is made from the OpenAPI document. */
export function reference(): string {
  const document = openApi();
  const { resolve, schemaOf, typeOf, fieldsOf } = typesIn(document);
  const shown = new Set<string>();

  function section(endpoint: Endpoint): string {
    const { summary, method, path, operation, description } = endpoint;
    const parts = [
      `### ${summary}`,
      `\`${method} /api/v1${path}\` · operation \`${operation}\``,
      `${description} ${callersOf(endpoint)}`,
      ...taken(endpoint),
      requestBlock(endpoint),
      ...returned(endpoint),
      failures(endpoint),
    ];
    return parts.filter(Boolean).join("\n\n");
  }

  /** What a request may carry: parameters, headers, and the fields of its body. */
  function taken({ path, method, list }: Endpoint): string[] {
    const operation = document.paths?.[`/api/v1${path}`]?.[method.toLowerCase() as "get"];
    const parameters = (operation?.parameters ?? []).map((each) => resolve<oas31.ParameterObject>(each));
    const typeOfFirst = (name: string) => {
      const schema = schemaOf(parameters.find((each) => each.name.startsWith(name))?.schema);
      return typeOf((schema.items as oas31.SchemaObject | undefined) ?? schema, true);
    };
    const rows = parameters
      .filter(({ in: place, name }) => place !== "header" && !name.startsWith("filter["))
      .map(({ name, in: place, schema, description }) => [
        `\`${name}\`${place === "path" ? " (in the path)" : ""}`,
        typeOf(schema, true),
        description ?? "",
      ]);
    const filters = Object.entries(list?.filters ?? {}).map(([field, { operators }]) => [
      `\`filter[${field}]\``,
      typeOfFirst(`filter[${field}]`),
      `Operators: ${codes(operators)}.`,
    ]);
    const headers = parameters
      .filter((each) => each.in === "header")
      .map(({ name }) => `[\`${name}\`](#request-headers)`);
    const body = operation?.requestBody && resolve<oas31.RequestBodyObject>(operation.requestBody);
    const media = body?.content["application/json"] as oas31.MediaTypeObject | undefined;
    const fields = fieldsOf(media?.schema);
    return [
      rows.length > 0 ? table(["Parameter", "Type", "Description"], [...rows, ...filters]) : "",
      headers.length > 0 ? `Headers: ${headers.join(", ")}.` : "",
      fields.length > 0 ? table(["Body field", "Type", "Description"], fields) : "",
    ];
  }

  /** What comes back. The fields of a record and a sample are shown where the record is first returned. */
  function returned(endpoint: Endpoint): string[] {
    const what = `Returns \`${endpoint.status}\``;
    if (!endpoint.output) return [`${what} without a body.`];
    const name = nameOf(recordOf(endpoint))?.replace(/Detail$/, "") ?? "";
    const title = titleOf(name);
    const etag = hasEtag(endpoint) ? ", with an `ETag`" : "";
    if (shown.has(name)) return [`${what} with [${title.toLowerCase()}](#${anchor(title)})${etag}.`];
    shown.add(name);
    // `CreatedToken` is a `Token` with more fields.
    const base = /[A-Z][a-z]+$/.exec(name)?.[0] ?? name;
    const inBase = base === name ? [] : fieldsOf(document.components?.schemas?.[base]).map(([field]) => field);
    const fields = fieldsOf(document.components?.schemas?.[name]).filter(([field]) => !inBase.includes(field));
    const list = endpoint.operation.startsWith("list") ? "a page of these objects" : "this object";
    if (fields.length === 0) return [`${what}${etag}.`, answerBlock(endpoint)];
    return [
      `${what} with ${list}${etag}.`,
      answerBlock(endpoint),
      `#### ${title}`,
      inBase.length > 0 ? `The fields of [${titleOf(base).toLowerCase()}](#${anchor(titleOf(base))}), and:` : "",
      table(["Field", "Type", "Description"], fields),
    ];
  }

  const tags = (document.tags ?? []).flatMap(({ name, description }) => [
    `## ${name}`,
    description,
    ...registry.filter(({ tag }) => tag === name).map(section),
  ]);
  return `${[head, endpointTable(), ...tags, headerTables(document), errorTables(), foot].join("\n\n")}\n`;
}

function titleOf(name: string): string {
  return `The ${titles[name] ?? name.replaceAll(/(?<=.)[A-Z]/g, " $&").toLowerCase()} object`;
}

const titles: Record<string, string> = { Me: "caller", Root: "entry point", SignIn: "sign-in" };

const head = `# The RepDesk API reference

Every endpoint of the [RepDesk API](PUBLIC_API.md), with what it takes and what it returns. The guide explains what they have in common, such as errors, lists, and limits. In requests, \`$REPDESK_URL\` is the address of your RepDesk, \`$REPDESK_TOKEN\` an API token, \`$SESSION_JWT\` the access token of a session, and \`$REPDESK_COMPANY\` the ID or slug of a company.`;

const foot = "<!-- Generated by `npm run api-docs` from lib/contract. Changes made here are lost. -->";

/** All endpoints at a glance, each with a link to its section. */
function endpointTable(): string {
  const rows = registry.map(({ method, path, summary, permission }) => [
    `\`${method} /api/v1${path}\``,
    `[${summary}](#${anchor(summary)})`,
    permission ? `\`${permission}\`` : "",
  ]);
  return table(["Endpoint", "What it does", "Scope or permission"], rows);
}

function headerTables({ components }: oas31.OpenAPIObject): string {
  const parameters = Object.values(components?.parameters ?? {}) as oas31.ParameterObject[];
  const sent = parameters
    .filter((each) => each.in === "header")
    .map(({ name, description }) => [`\`${name}\``, description ?? ""]);
  const answered = Object.entries(components?.headers ?? {}) as [string, oas31.HeaderObject][];
  return [
    "## Headers",
    "### Request headers",
    table(["Header", "Description"], sent),
    "### Response headers",
    table(
      ["Header", "Description"],
      answered.map(([name, { description }]) => [`\`${name}\``, description ?? ""]),
    ),
  ].join("\n\n");
}

function errorTables(): string {
  const rows = errorCodes.map((code) => {
    const { status, meaning, remedy } = errors[code];
    return [`\`${code}\``, String(status), meaning, remedy];
  });
  const families = Object.entries(sharedFailures()).map(([family, codesOf]) => `- ${family}: ${codes(codesOf)}`);
  return [
    "## Error codes",
    table(["Code", "Status", "What it means", "What to do"], rows),
    "### Common errors",
    "The sections of endpoints list only what is special about them. In addition, requests can fail with these codes.",
    families.join("\n"),
    "### Field codes",
    "An entry of `errors` has one of these codes.",
    table(
      ["Code", "What it means"],
      faultCodes.map((code) => [`\`${code}\``, faultWords[code]]),
    ),
  ].join("\n\n");
}

/** Kinds of endpoints whose errors are listed once for all of them. */
const kinds: Record<string, (endpoint: Endpoint) => boolean> = {
  "All endpoints": () => true,
  "Endpoints that need authentication": ({ auth }) => auth !== "none",
  "Endpoints that need a company": ({ company }) => company === "required",
  "Endpoints that need authentication, except GET": ({ auth, method }) => auth !== "none" && method !== "GET",
  "Endpoints with a body": ({ body }) => body !== undefined,
  "POST endpoints that need authentication": takesKey,
  "Endpoints with If-Match": takesIfMatch,
};

/** By kind of endpoint: the codes that all of that kind share, and that no kind before it has. */
function sharedFailures(): Record<string, ErrorCode[]> {
  const listed = new Set<ErrorCode>();
  const shared = Object.entries(kinds).map(([kind, isOfKind]) => {
    const all = registry.filter(isOfKind).map(errorCodesOf);
    const codes = errorCodes.filter((code) => !listed.has(code) && all.every((each) => each.includes(code)));
    for (const code of codes) listed.add(code);
    return [kind, codes] as const;
  });
  return Object.fromEntries(shared);
}

function failures(endpoint: Endpoint): string {
  const common = Object.entries(sharedFailures()).flatMap(([kind, codes]) => (kinds[kind]?.(endpoint) ? codes : []));
  const own = errorCodesOf(endpoint).filter((code) => !common.includes(code));
  return own.length > 0 ? `Errors: ${codes(own)}, and the [common ones](#common-errors).` : "";
}
