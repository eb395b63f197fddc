import { textOf } from "../text.js";

export const dynamic = "force-dynamic";

const text = textOf("RECORD_BYTES");

/** As large as one contact of RepDesk's. */
export function GET() {
  return new Response(text, { headers: { "content-type": "application/json" } });
}
