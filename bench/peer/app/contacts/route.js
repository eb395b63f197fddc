import { pool, verifiedKey } from "../../auth.js";

const select = `
  select id, name, first_name, last_name, email, phone, title, account_id, description, tags, external_id, owner_id,
         do_not_contact, version, created_at, updated_at, created_by_member_id, updated_by_member_id
    from contacts where user_id = $1 order by created_at desc, id desc limit 26`;

/** The first 25 contacts of the key's user, and whether there are more. */
export async function GET(request) {
  const key = await verifiedKey(request);
  if (!key) return Response.json({ code: "token_invalid" }, { status: 401 });
  const { rows } = await pool.query({ name: "contacts", text: select, values: [key.referenceId] });
  const data = rows.slice(0, 25);
  const next = rows.length > 25 ? `${data[24].created_at.toISOString()} ${data[24].id}` : null;
  return Response.json({ data, pagination: { limit: 25, next_cursor: next, has_more: next !== null } });
}
