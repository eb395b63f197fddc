/**
 * The content security policy of a page. Only scripts with this request's nonce run, and scripts that those load. The page can send
 * requests only to its own origin. Style attributes are allowed: Base UI and React set them, and they can't run code.
 * Development needs `eval` for React's stack traces, a socket for hot reloading, and inline styles for Next's own overlay.
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  const policy: Record<string, string[]> = {
    "default-src": ["'none'"],
    "script-src": [`'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    "style-src": ["'self'", development ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...(development ? ["ws:", "wss:"] : [])],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
  };
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");
}
