import type { AccountType } from "#lib/vocabulary";

const names: Record<AccountType, string> = {
  prospect: "Prospect",
  customer: "Customer",
  partner: "Partner",
  vendor: "Vendor",
  other: "Other",
};

export const accountTypeOptions = Object.entries(names).map(([value, label]) => ({
  value: value as AccountType,
  label,
}));

export function accountTypeName(type: AccountType): string {
  return names[type];
}
