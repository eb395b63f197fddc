import { verifiedKey } from "../../auth.js";

/** What RepDesk's `/me` tells about a token. */
export async function GET(request) {
  const key = await verifiedKey(request);
  if (!key) return Response.json({ code: "token_invalid" }, { status: 401 });
  const { id, name, start, expiresAt, permissions, referenceId } = key;
  return Response.json({ user: { id: referenceId }, token: { id, name, start, expiresAt, permissions } });
}
