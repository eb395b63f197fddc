/** A JSON text of the size that a setting gives. The build has no settings. */
export function textOf(name) {
  return JSON.stringify({ data: "x".repeat(Math.max(0, Number(process.env[name] ?? 100) - '{"data":""}'.length)) });
}
