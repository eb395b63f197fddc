import { join, relative } from "node:path";
import { inProject, type Log, projectFolder } from "../project.ts";
import { writeWhole } from "./files.ts";

/** A captured mail, as stored in its file. */
export type Mail = {
  to: string;
  subject: string;
  /** The target of its link, or null if it has none. */
  link: string | null;
  html: string;
  text: string;
  at: string;
};

/** People who sign up with an address at this domain have to confirm it, so that both cases can be tried on one server. */
export const confirmingDomain = "confirm.example.com";

/** Subjects and templates whose links lead to the app's own page. A hosted project gets the same ones. */
export const mailTemplates = {
  confirmation: { subject: "Confirm your email address", content_path: template("confirmation") },
  recovery: { subject: "Choose a new password", content_path: template("recovery") },
  email_change: { subject: "Confirm your new email address", content_path: template("email_change") },
};

function template(name: string): string {
  return inProject("scripts/local/mail", `${name}.html`);
}

let count = 0;

/** Captures a mail instead of sending it: prints a line or two, and writes a file whose name sorts by time. */
export function captureMail(folder: string, sent: { to: string; subject: string; html?: string }, log: Log): void {
  const at = new Date().toISOString();
  const html = sent.html ?? "";
  const link = /href="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? null;
  // Only the HTML comes from our templates. The link in the plain text leads elsewhere.
  const words = html.replaceAll(/<[^>]+>/g, "").trim();
  const mail: Mail = { to: sent.to, subject: sent.subject, link, html, text: link ? `${words}\n\n${link}` : words, at };
  count += 1;
  const file = join(folder, `${at.replaceAll(/[:.]/g, "-")}-${String(count).padStart(6, "0")}.json`);
  writeWhole(file, `${JSON.stringify(mail, null, 2)}\n`, 0o600);
  log(`Mail to ${mail.to}: ${mail.subject}\n  ${link ?? words}\n  (${relative(projectFolder, file)})`);
}
