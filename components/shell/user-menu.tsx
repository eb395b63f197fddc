"use client";

import { ChevronsUpDown, CircleAlert, LogOut, Settings } from "lucide-react";
import { useState } from "react";
import { useApi } from "#components/shell/api";
import { late, useLate } from "#components/ui/late";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "#components/ui/menu";
import { ApiProblem, Unreachable } from "#lib/contract/client";

const choices = late(() => import("#components/shell/theme-choice"));

interface UserMenuProps {
  slug: string;
  user: { name: string; email: string };
}

export function UserMenu({ slug, user }: UserMenuProps) {
  const api = useApi();
  // So that it is there when the menu opens.
  useLate(choices, false);
  const [leaving, setLeaving] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function signOut() {
    if (leaving) return;
    setLeaving(true);
    setFailure(null);
    try {
      // The person is signed out only once the server has ended the session.
      await api.auth("sign-out");
      location.assign("/sign-in");
    } catch (error) {
      if (!(error instanceof ApiProblem || error instanceof Unreachable)) throw error;
      setFailure(error instanceof Unreachable ? "Couldn't reach RepDesk. Try again." : error.message);
      setLeaving(false);
    }
  }

  return (
    <>
      {failure && (
        <p role="alert" className="mb-2 flex gap-1.5 px-2 text-help text-danger">
          <CircleAlert size={16} className="mt-0.5 shrink-0" />
          <span className="min-w-0">You are still signed in. {failure}</span>
        </p>
      )}
      <Menu
        align="start"
        side="top"
        trigger={
          <button
            type="button"
            aria-busy={leaving || undefined}
            className="flex min-h-(--control) w-full min-w-0 items-center gap-2 rounded-control px-2 py-1 text-start hover:bg-hover data-popup-open:bg-hover"
          >
            <span className="flex min-w-0 grow flex-col">
              <span className="sr-only">Your menu,</span>
              <span className="truncate font-medium">{user.name}</span>
              <span className="truncate text-help text-muted">{leaving ? "Signing out …" : user.email}</span>
            </span>
            <ChevronsUpDown size={16} className="shrink-0 text-muted" />
          </button>
        }
      >
        <LateThemeChoice />
        <MenuSeparator />
        <MenuLink href={`/${slug}/settings/profile`} icon={<Settings size={16} />}>
          My Settings
        </MenuLink>
        <MenuItem icon={<LogOut size={16} />} onSelect={signOut}>
          Sign out
        </MenuItem>
      </Menu>
    </>
  );
}

function LateThemeChoice() {
  const module = useLate(choices, true);
  return module && <module.ThemeChoice />;
}
