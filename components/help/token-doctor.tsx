"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { diagnose, type Finding } from "#components/help/diagnosis";
import { FindingCard, titleOf } from "#components/help/finding-card";
import { useAnnounce } from "#components/ui/live-region";
import { Textarea } from "#components/ui/textarea";

/** Findings change with each character. They are announced when nothing was typed for this long. */
const pauseMs = 700;

/** Says what is wrong with a pasted token, header, or error. The text stays in the field: no state, storage, or request has it. */
export function TokenDoctor() {
  const field = useRef<HTMLTextAreaElement>(null);
  const [findings, setFindings] = useState<Finding[] | null>(null);
  const announce = useAnnounce();

  const check = useCallback(() => {
    const text = field.current?.value ?? "";
    setFindings(text.trim() ? diagnose(text) : null);
  }, []);

  useEffect(() => {
    // What was pasted before the page's script ran.
    check();
    // The browser may keep a copy of the page for Back.
    function clear() {
      if (field.current) field.current.value = "";
      check();
    }
    window.addEventListener("pagehide", clear);
    return () => window.removeEventListener("pagehide", clear);
  }, [check]);

  const said = findings?.map(titleOf).join(". ") || (findings ? nothing : "");
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => announce(said), pauseMs);
    return () => clearTimeout(timer);
  }, [said, announce]);

  return (
    <>
      {/* Without a name and a form, nothing can submit it. Spell checkers may send what they check. */}
      <Textarea
        ref={field}
        label="Text to check"
        help="A token, an Authorization header, a line such as REPDESK_TOKEN=…, an error response or its code, or a request ID."
        mono
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        data-1p-ignore
        onInput={check}
      />
      {findings && (
        <div className="mt-6 flex flex-col gap-4">
          {findings.map((finding, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a finding is replaced as a whole
            <FindingCard key={index} finding={finding} />
          ))}
          {findings.length === 0 && <p className="text-muted">{nothing}</p>}
        </div>
      )}
    </>
  );
}

const nothing =
  "This isn't a token, an error code, or a request ID. A token begins with rdk_ and a request ID with req_. An error code looks like token_invalid.";
