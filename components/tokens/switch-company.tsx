"use client";

import { useRouter } from "next/navigation";
import type { TokenValues } from "#components/tokens/token-form";
import { Menu, MenuItem } from "#components/ui/menu";

/** The form's values, for the other company's dialog. */
let carried: TokenValues | null = null;

export function takeCarried(): TokenValues | null {
  const values = carried;
  carried = null;
  return values;
}

interface SwitchCompanyProps {
  others: readonly { slug: string; name: string }[];
  values: TokenValues;
}

export function SwitchCompany({ others, values }: SwitchCompanyProps) {
  const router = useRouter();
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className="link min-h-6">
          Switch company
        </button>
      }
    >
      {others.map(({ slug, name }) => (
        <MenuItem
          key={slug}
          onSelect={() => {
            carried = values;
            router.push(`/${slug}/settings/api-tokens?create=1`);
          }}
        >
          {name}
        </MenuItem>
      ))}
    </Menu>
  );
}
