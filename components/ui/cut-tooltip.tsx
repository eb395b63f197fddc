"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import { cx } from "#components/ui/cx";
import { popupLook } from "#components/ui/menu-look";

/** Shows truncated text in full. */
export function CutTooltip({ cut, onClose }: { cut: HTMLElement | null; onClose: () => void }) {
  return (
    <Tooltip.Root open={cut !== null} onOpenChange={(open) => !open && onClose()}>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={cut} side="bottom" align="start" sideOffset={6} className="z-10">
          <Tooltip.Popup className={cx(popupLook, "px-2 py-1 text-help wrap-anywhere")}>
            {cut?.textContent}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
