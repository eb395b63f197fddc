/** What the viewer leaves without a name, by selector. Fields of parameters are named by their row. */
const names: [selector: string, name: string][] = [
  ["textarea.body-param__text", "Request body"],
  [".content-type-wrapper select, select.content-type", "Media type"],
  [".examples-select select, select.examples-select-element", "Example"],
  ["button.close-modal", "Close"],
];

/** Gives names to what a screen reader could not name otherwise, now and whenever the viewer draws something new. */
export function mendNames(frame: HTMLElement): () => void {
  const mend = () => {
    for (const [selector, name] of names)
      for (const element of frame.querySelectorAll(selector)) element.setAttribute("aria-label", name);
    for (const row of frame.querySelectorAll<HTMLElement>("tr[data-param-name]")) {
      for (const field of row.querySelectorAll("input, select, textarea"))
        field.setAttribute("aria-label", row.dataset.paramName ?? "");
    }
    // Its name would hide the word that is written on it.
    for (const button of frame.querySelectorAll("button[aria-label='Apply credentials']"))
      button.removeAttribute("aria-label");
  };
  const observer = new MutationObserver(mend);
  observer.observe(frame, { childList: true, subtree: true });
  mend();
  return () => observer.disconnect();
}
