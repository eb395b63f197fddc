import { join, relative } from "node:path";
import { inProject, type Log, projectFolder } from "../project.ts";
import { writeWhole } from "./files.ts";

/** One captured mail, as its file holds it. */
export type Mail = {
  to: string;
  subject: string;
  /** Where its link leads, or null if it has none. */
  link: string | null;
  html: string;
  text: string;
  at: string;
};

/** People who sign up with an address here have to confirm it, so that both ways can be tried on one server. */
export const confirmingDomain = "confirm.example.com";

/** Subjects and texts whose links lead to the app's own page; a hosted project is given the same ones. */
export const mailTemplates = {
  confirmation: { subject: "Confirm your e-mail address", content_path: template("confirmation") },
  recovery: { subject: "Choose a new password", content_path: template("recovery") },
  email_change: { subject: "Confirm your new e-mail address", content_path: template("email_change") },
};

function template(name: string): string {
  return inProject("scripts/local/mail", `${name}.html`);
}

let count = 0;

/** Keeps a mail that would have been sent: a line or two in the terminal, and a file whose name sorts by time. */
export function captureMail(folder: string, sent: { to: string; subject: string; html?: string }, log: Log): void {
  const at = new Date().toISOString();
  const html = sent.html ?? "";
  const link = /href="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? null;
  // Only the page is made from our templates: the plain text that came with it has a link that leads elsewhere.
  const words = html.replaceAll(/<[^>]+>/g, "").trim();
  const mail: Mail = { to: sent.to, subject: sent.subject, link, html, text: link ? `${words}\n\n${link}` : words, at };
  count += 1;
  const file = join(folder, `${at.replaceAll(/[:.]/g, "-")}-${String(count).padStart(6, "0")}.json`);
  writeWhole(file, `${JSON.stringify(mail, null, 2)}\n`, 0o600);
  log(`Mail to ${mail.to}: ${mail.subject}\n  ${link ?? words}\n  (${relative(projectFolder, file)})`);
}
