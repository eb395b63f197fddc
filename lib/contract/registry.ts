import * as companies from "#lib/contract/companies";
import type { Endpoint } from "#lib/contract/endpoint";
import * as me from "#lib/contract/me";
import * as members from "#lib/contract/members";
import { records } from "#lib/contract/records";
import * as root from "#lib/contract/root";
import * as signIns from "#lib/contract/sign-ins";
import { reportTokenLeaks } from "#lib/contract/token-leaks";
import * as life from "#lib/contract/token-life";
import * as tokenUsage from "#lib/contract/token-usage";
import * as tokens from "#lib/contract/tokens";

/** Every endpoint of the API, in the order of the documents. */
export const registry: readonly Endpoint[] = [
  root.readRoot,
  root.readOpenApi,
  root.readHealth,
  me.readMe,
  me.updateMe,
  signIns.listSignIns,
  companies.listCompanies,
  companies.createCompany,
  members.listMembers,
  tokens.createToken,
  tokens.readOwnToken,
  tokens.revokeOwnToken,
  tokens.listTokens,
  tokens.readToken,
  tokenUsage.readTokenUsage,
  tokens.updateToken,
  tokens.revokeToken,
  life.rotateToken,
  life.endRotation,
  life.rotateOwnToken,
  life.suspendToken,
  life.resumeToken,
  life.restoreToken,
  reportTokenLeaks,
  ...Object.values(records).flatMap(({ list, create, read, update, remove }) => [list, create, read, update, remove]),
];
