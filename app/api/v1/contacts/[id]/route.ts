import { deleteContact, readContact, updateContact } from "#lib/contract/contacts";
import { contacts } from "#lib/domain/contacts";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(
  serve(readContact, contacts.read),
  serve(updateContact, contacts.update, contacts.updateFaults),
  serve(deleteContact, contacts.remove),
);
