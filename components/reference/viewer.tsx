"use client";

import { useEffect, useRef, useState } from "react";
import { nameElements } from "#components/reference/accessible-names";
import { fetchDocument } from "#components/reference/document";
import { ownParts } from "#components/reference/parts";
import { ErrorState } from "#components/ui/error-state";
import "./viewer.css";
import "./viewer-controls.css";

type Headers = Record<string, string>;
const has = (headers: Headers, name: string) => Object.keys(headers).some((key) => key.toLowerCase() === name);

/** Draws the explorer into an element. `company` is called for each request. */
async function draw(node: HTMLElement, company: () => string | null): Promise<void> {
  const [{ default: SwaggerUI }, spec] = await Promise.all([
    import("swagger-ui-dist/swagger-ui-es-bundle.js"),
    fetchDocument(),
  ]);
  SwaggerUI({
    domNode: node,
    spec,
    plugins: [ownParts],
    layout: "ReferenceLayout",
    deepLinking: true,
    docExpansion: "list",
    displayRequestDuration: true,
    syntaxHighlight: false,
    // A token that someone enters is kept only until the page closes.
    persistAuthorization: false,
    // Nothing is sent to other hosts.
    validatorUrl: null,
    requestInterceptor: (request) => {
      const chosen = company();
      const known = has(request.headers, "repdesk-company") || has(request.headers, "authorization");
      if (chosen && !known) request.headers["RepDesk-Company"] = chosen;
      return request;
    },
  });
}

/** The explorer. Requests use the browser's session, or a token entered under Authorize. */
export function Viewer({ company }: { company: string | null }) {
  const frame = useRef<HTMLDivElement>(null);
  const chosen = useRef(company);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    chosen.current = company;
  }, [company]);

  useEffect(() => {
    if (!frame.current) return;
    const node = document.createElement("div");
    frame.current.replaceChildren(node);
    draw(node, () => chosen.current).catch(() => setFailed(true));
    return nameElements(frame.current);
  }, []);

  if (failed) return <ErrorState text="Couldn't load the explorer." onRetry={() => location.reload()} />;
  return <div ref={frame} className="reference" />;
}
