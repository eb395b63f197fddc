/** A key on the keyboard. */
export function KeyCap({ children }: { children: string }) {
  return (
    <kbd className="inline-flex min-w-6 justify-center rounded-badge border border-input-border bg-sunken px-1.5 leading-4 text-text">
      {children}
    </kbd>
  );
}
