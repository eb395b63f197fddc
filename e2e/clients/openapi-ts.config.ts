/** What @hey-api/openapi-ts generates, and from what. */
export default {
  input: "../../docs/openapi.json",
  output: { path: "generated/hey-api", importFileExtension: ".js" },
  logs: { level: "warn" },
};
