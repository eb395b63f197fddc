import type { Routes } from "#lib/http/front";
import { records } from "./records";
import * as ownRotation from "./v1/auth/token/rotation/route";
import * as token from "./v1/auth/token/route";
import * as revocation from "./v1/auth/tokens/[id]/revocation/route";
import * as rotation from "./v1/auth/tokens/[id]/rotation/route";
import * as ownedToken from "./v1/auth/tokens/[id]/route";
import * as suspension from "./v1/auth/tokens/[id]/suspension/route";
import * as tokenUsage from "./v1/auth/tokens/[id]/usage/route";
import * as tokens from "./v1/auth/tokens/route";
import * as companies from "./v1/companies/route";
import * as health from "./v1/health/route";
import * as me from "./v1/me/route";
import * as signIns from "./v1/me/sign-ins/route";
import * as members from "./v1/members/route";
import * as openapi from "./v1/openapi.json/route";
import * as root from "./v1/route";
import * as tokenLeaks from "./v1/token-leaks/route";

/** Every route file of the API, for the server that handles the API before Next. A route that isn't listed here returns 404. */
export const routes: Routes = {
  "/api/v1": root,
  "/api/v1/auth/token": token,
  "/api/v1/auth/token/rotation": ownRotation,
  "/api/v1/auth/tokens": tokens,
  "/api/v1/auth/tokens/[id]": ownedToken,
  "/api/v1/auth/tokens/[id]/revocation": revocation,
  "/api/v1/auth/tokens/[id]/rotation": rotation,
  "/api/v1/auth/tokens/[id]/suspension": suspension,
  "/api/v1/auth/tokens/[id]/usage": tokenUsage,
  "/api/v1/companies": companies,
  "/api/v1/health": health,
  "/api/v1/me": me,
  "/api/v1/me/sign-ins": signIns,
  "/api/v1/members": members,
  "/api/v1/openapi.json": openapi,
  "/api/v1/token-leaks": tokenLeaks,
  ...Object.fromEntries(
    Object.entries(records).flatMap(([plural, { collection, item }]) => [
      [`/api/v1/${plural}`, collection],
      [`/api/v1/${plural}/[id]`, item],
    ]),
  ),
};
