import { createCompany, listCompanies } from "#lib/contract/companies";
import { companies } from "#lib/domain/companies";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(
  serve(listCompanies, companies.list),
  serve(createCompany, companies.create),
);
