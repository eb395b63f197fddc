"use client";

import { Plus } from "lucide-react";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { useDraft } from "#components/shell/api";
import type { Asked } from "#components/tokens/create-dialog";
import type { Maker } from "#components/tokens/create-fields";
import type { Link } from "#components/tokens/from-link";
import { takeCarried } from "#components/tokens/switch-company";
import type { TokenValues } from "#components/tokens/token-form";
import { Button } from "#components/ui/button";
import { late, useLate } from "#components/ui/late";

const Opener = createContext<() => void>(() => {});
const dialog = late(() => import("#components/tokens/create-dialog"));

/** The page's one primary action; it stands in the header or in the empty list. */
export function CreateTokenButton() {
  return (
    <Button look="primary" shortcut="n" icon={<Plus size={16} />} onClick={useContext(Opener)}>
      Create token
    </Button>
  );
}

interface CreateTokenProps extends Maker {
  /** The page was asked for with the dialog open. */
  startOpen: boolean;
  /** What the link to it asks for. */
  link: Link;
  children: ReactNode;
}

/** The create dialog, for every button inside. It is loaded later. */
export function CreateToken({ startOpen, link, children, ...maker }: CreateTokenProps) {
  const list = `/${maker.company.slug}/settings/api-tokens`;
  const [asked, setAsked] = useState<Asked | null>(null);
  const draft = useRef<() => TokenValues | null>(() => null);
  const module = useLate(dialog, asked !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the link is the one that opened the page
  useEffect(() => {
    if (!startOpen) return;
    setAsked({ values: takeCarried() ?? undefined, link });
    // A reload is not to ask for it again.
    history.replaceState(null, "", list);
  }, [startOpen, list]);
  useDraft<TokenValues>(
    "token",
    () => draft.current(),
    (values) => setAsked({ values }),
  );
  return (
    <Opener value={() => setAsked({})}>
      {children}
      {asked && module && <module.CreateDialog {...maker} asked={asked} draft={draft} />}
    </Opener>
  );
}
