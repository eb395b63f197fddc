import { createContact, listContacts } from "#lib/contract/contacts";
import { contacts } from "#lib/domain/contacts";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(
  serve(listContacts, contacts.list),
  serve(createContact, contacts.create, contacts.createFaults),
);
