"use client";

import "./guide.css";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { CopyButton } from "#components/ui/copy-button";

type Sample = { label: string; text: string; shown: HTMLElement; place: Element };

/** The hosts that the documents use. The page shows its own. */
const hosts = /https:\/\/repdesk\.(?:io|example\.com)/g;

function ownHost(element: Element): string {
  const text = (element.textContent ?? "").replaceAll(hosts, location.origin);
  if (text !== element.textContent) element.textContent = text;
  return text;
}

function samplesIn(text: Element): Sample[] {
  for (const code of text.querySelectorAll("code")) ownHost(code);
  return [...text.querySelectorAll("figure.sample")].flatMap((figure) => {
    const [shown, place, caption] = ["pre", "span", "figcaption"].map((name) =>
      figure.querySelector<HTMLElement>(name),
    );
    return shown && place ? [{ label: caption?.textContent ?? "", text: ownHost(shown), shown, place }] : [];
  });
}

/** The text of a document, with this app's URL in its samples, and a button to copy each one. */
export function Samples({ children }: { children: ReactNode }) {
  const text = useRef<HTMLDivElement>(null);
  const [samples, setSamples] = useState<Sample[]>([]);
  useEffect(() => {
    if (text.current) setSamples(samplesIn(text.current));
  }, []);
  return (
    <div ref={text} className="prose manual">
      {children}
      {samples.map(({ label, text, shown, place }, index) =>
        createPortal(
          <CopyButton value={text} target={{ current: shown }} name={label} look="quiet" size="bar">
            Copy
          </CopyButton>,
          place,
          String(index),
        ),
      )}
    </div>
  );
}
