import { BadgeCheck, Circle, Handshake, type LucideIcon, Target, Truck } from "lucide-react";
import { Badge } from "#components/ui/badge";
import type { AccountType } from "#lib/vocabulary";

const kinds: Record<AccountType, { name: string; Icon: LucideIcon; color?: number }> = {
  prospect: { name: "Prospect", Icon: Target, color: 255 },
  customer: { name: "Customer", Icon: BadgeCheck, color: 155 },
  partner: { name: "Partner", Icon: Handshake, color: 310 },
  vendor: { name: "Vendor", Icon: Truck, color: 70 },
  other: { name: "Other", Icon: Circle },
};

export const accountTypeOptions = Object.entries(kinds).map(([value, { name }]) => ({
  value: value as AccountType,
  label: name,
}));

export function accountTypeName(type: AccountType): string {
  return kinds[type].name;
}

export function AccountTypeBadge({ type }: { type: AccountType }) {
  const { name, Icon, color } = kinds[type];
  return (
    <Badge icon={<Icon />} {...(color !== undefined && { color })}>
      {name}
    </Badge>
  );
}
