import { noSignInEndpoint } from "#lib/http/sign-in-endpoint";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = noSignInEndpoint();
