"use client";

import { useEffect, useState, useSyncExternalStore } from "react";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

type Style = "date" | "moment" | "exact";

const styles: Record<Style, Intl.DateTimeFormatOptions> = {
  date: { day: "numeric", month: "short", year: "numeric" },
  moment: { day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" },
  exact: {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  },
};

/** English with the month or the day first, as the reader's language has it: “Nov 30, 2026” or “30 Nov 2026”. */
export function englishOf(language: string): string {
  if (/^en\b/i.test(language)) return language;
  const parts = new Intl.DateTimeFormat(language, { dateStyle: "short" }).formatToParts();
  const first = parts.find(({ type }) => type === "month" || type === "day");
  return first?.type === "month" ? "en-US" : "en-GB";
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** In the reader's zone and order in the browser. The server, which can't know them, writes British English in UTC. */
function formatter(style: Style, own: boolean): Intl.DateTimeFormat {
  const key = `${style} ${own}`;
  const made =
    formatters.get(key) ??
    (own
      ? new Intl.DateTimeFormat(englishOf(navigator.language), styles[style])
      : new Intl.DateTimeFormat("en-GB", { ...styles[style], timeZone: "UTC" }));
  formatters.set(key, made);
  return made;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** “just now”, “3 minutes ago”; null after 30 days, when a date is more useful. */
export function ago(instant: Date, now: number): string | null {
  const past = now - instant.getTime();
  if (past < minute) return "just now";
  if (past < hour) return `${count(Math.floor(past / minute), "minute")} ago`;
  if (past < day) return `${count(Math.floor(past / hour), "hour")} ago`;
  return past < 31 * day ? `${count(Math.floor(past / day), "day")} ago` : null;
}

const noChange = () => () => {};

/** False on the server and during hydration, then true. */
function useOwn(): boolean {
  return useSyncExternalStore(
    noChange,
    () => true,
    () => false,
  );
}

interface TimeProps {
  /** ISO 8601. */
  value: string;
  /** Lists show the date, or the minute if it matters. Detail pages show the exact time. */
  style?: Style;
}

/** A date in the reader's zone and order, exact on hover. */
export function Time({ value, style = "date" }: TimeProps) {
  return <Stamp value={value} style={style} />;
}

/** A time in the past: “3 minutes ago”, or a date after 30 days. Hovering shows the exact time. Updates itself. */
export function RelativeTime({ value }: { value: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 20 * second);
    return () => clearInterval(timer);
  }, []);
  return <Stamp value={value} style="date" words={ago(new Date(value), now)} />;
}

/** The key replaces the server's element: React doesn't fix text that differs during hydration. */
function Stamp({ value, style, words }: { value: string; style: Style; words?: string | null }) {
  const own = useOwn();
  const instant = new Date(value);
  return (
    <time key={String(own)} dateTime={value} title={formatter("exact", own).format(instant)} suppressHydrationWarning>
      {words ?? formatter(style, own).format(instant)}
    </time>
  );
}
