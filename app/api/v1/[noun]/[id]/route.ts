import { byNoun } from "#lib/http/record-routes";
import { records } from "../../../records";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = byNoun(records, "item");
