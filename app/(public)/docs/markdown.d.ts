/** A Markdown file as text: a rule in next.config.ts. */
declare module "*.md" {
  const text: string;
  export default text;
}
