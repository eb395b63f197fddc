/** Elements that the viewer leaves without an accessible name, by selector. Parameter fields are named by their row. */
const names: [selector: string, name: string][] = [
  ["textarea.body-param__text", "Request body"],
  [".content-type-wrapper select, select.content-type", "Media type"],
  [".examples-select select, select.examples-select-element", "Example"],
  ["button.close-modal", "Close"],
];

/** Gives accessible names to elements without one, now and whenever the viewer draws something new. Returns how to stop. */
export function nameElements(frame: HTMLElement): () => void {
  const nameAll = () => {
    for (const [selector, name] of names)
      for (const element of frame.querySelectorAll(selector)) element.setAttribute("aria-label", name);
    for (const row of frame.querySelectorAll<HTMLElement>("tr[data-param-name]")) {
      for (const field of row.querySelectorAll("input, select, textarea"))
        field.setAttribute("aria-label", row.dataset.paramName ?? "");
    }
    // Its accessible name would differ from the visible text.
    for (const button of frame.querySelectorAll("button[aria-label='Apply credentials']"))
      button.removeAttribute("aria-label");
  };
  const observer = new MutationObserver(nameAll);
  observer.observe(frame, { childList: true, subtree: true });
  nameAll();
  return () => observer.disconnect();
}
