import { textOf } from "../text.js";

export const dynamic = "force-dynamic";

const text = textOf("LIST_BYTES");

/** As large as RepDesk's list of 25 contacts. */
export function GET() {
  return new Response(text, { headers: { "content-type": "application/json" } });
}
