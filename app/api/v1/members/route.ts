import { listMembers } from "#lib/contract/members";
import { members } from "#lib/domain/members";
import { resource } from "#lib/http/resource";
import { serve } from "#lib/http/serve";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = resource(serve(listMembers, members.list));
