import type { FaultCode } from "#lib/vocabulary";

/** The meaning of each fault code, for the documents and the help page. */
export const faultWords: Readonly<Record<FaultCode, string>> = {
  required: "The value is missing.",
  unknown_field: "There is no such field or parameter. Check the spelling.",
  read_only: "RepDesk sets this field. Remove it.",
  invalid_type: "The value has the wrong JSON type.",
  invalid_format: "The value doesn't have the required form, such as that of an email address, an ID, or a timestamp.",
  invalid_enum: "The value is not one of the allowed values.",
  too_short: "The value has too few characters or items.",
  too_long: "The value has too many characters.",
  out_of_range: "The number or the timestamp is too small or too large.",
  too_many_items: "The list has too many items.",
  not_unique: "Another record, or another item of the list, has the same value.",
  reference_not_found: "The company has no record with this ID.",
  blank: "The value is empty or consists of spaces.",
  not_grantable: "Your role doesn't have this scope, so you can't give it to a token.",
  contains_token: "The value or the name contains an API token. Remove it, and replace the token if it still works.",
};
