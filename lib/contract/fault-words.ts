import type { FaultCode } from "#lib/contract/errors";

/** What each fault code means, for the documents and the help page. */
export const faultWords: Readonly<Record<FaultCode, string>> = {
  required: "It must be there, and is not.",
  unknown_field: "There is no such field or parameter here. Check the spelling.",
  read_only: "RepDesk sets it; leave it out.",
  invalid_type: "It is of another JSON type than the contract says.",
  invalid_format: "It does not have the form of what it should be: an e-mail address, an id, an instant.",
  invalid_enum: "It is not one of the values that are allowed.",
  too_short: "It has fewer characters or items than it must.",
  too_long: "It has more characters than it may.",
  out_of_range: "The number is too small or too large.",
  too_many_items: "The list has more items than it may.",
  not_unique: "Another record, or another item of the list, has the same value.",
  reference_not_found: "The id leads to no record of this company.",
  blank: "It is empty or only spaces, and must not be.",
  not_grantable: "You cannot give away what you do not hold yourself: a scope that your role lacks.",
};
