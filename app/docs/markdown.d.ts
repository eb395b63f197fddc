/** A Markdown file as text: a rule in next.config.mjs. */
declare module "*.md" {
  const text: string;
  export default text;
}
