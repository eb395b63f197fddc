"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { useState } from "react";
import { keepPreference } from "#components/shell/preference";
import { cx } from "#components/ui/cx";
import { itemLook } from "#components/ui/menu-look";

const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];

const labels: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };

/** The server sets the theme on <html>, from the cookie. */
function current(): Theme {
  return (document.documentElement.dataset.theme as Theme | undefined) ?? "system";
}

function choose(theme: Theme) {
  keepPreference("repdesk-theme", theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** A choice of three menu items. It is only in an open menu, so it never renders on the server. */
export function ThemeChoice() {
  const [theme, setTheme] = useState(current);
  return (
    <Base.RadioGroup
      value={theme}
      onValueChange={(value: Theme) => {
        choose(value);
        setTheme(value);
      }}
    >
      <Base.GroupLabel className="px-2 pt-2 pb-1 text-badge font-medium text-muted">Theme</Base.GroupLabel>
      {themes.map((each) => (
        <Base.RadioItem key={each} value={each} className={cx(itemLook, "pr-8")}>
          {labels[each]}
          <Base.RadioItemIndicator className="absolute right-2 text-accent">
            <Check size={16} />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}
