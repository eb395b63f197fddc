"use client";

import { ChevronsUpDown, CircleAlert, LogOut, Settings } from "lucide-react";
import { useState } from "react";
import { ThemeChoice } from "#components/shell/theme-choice";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "#components/ui/menu";

interface UserMenuProps {
  slug: string;
  user: { name: string; email: string };
}

export function UserMenu({ slug, user }: UserMenuProps) {
  const [failed, setFailed] = useState(false);

  async function signOut() {
    setFailed(false);
    const answer = await fetch("/auth/sign-out", { method: "POST" }).catch(() => null);
    // Only a server that ended the session makes it true that one is signed out.
    if (answer?.ok || answer?.redirected || answer?.status === 401) location.assign("/sign-in");
    else setFailed(true);
  }

  return (
    <>
      {failed && (
        <p role="alert" className="mb-2 flex gap-1.5 px-2 text-help text-danger">
          <CircleAlert size={16} className="mt-0.5 shrink-0" />
          You are still signed in: RepDesk couldn't be reached. Try again.
        </p>
      )}
      <Menu
        align="start"
        side="top"
        trigger={
          <button
            type="button"
            className="flex min-h-(--control) w-full min-w-0 items-center gap-2 rounded-control px-2 py-1 text-start hover:bg-hover data-popup-open:bg-hover"
          >
            <span className="flex min-w-0 grow flex-col">
              <span className="sr-only">Your menu,</span>
              <span className="truncate font-medium">{user.name}</span>
              <span className="truncate text-help text-muted">{user.email}</span>
            </span>
            <ChevronsUpDown size={16} className="shrink-0 text-muted" />
          </button>
        }
      >
        <ThemeChoice />
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
