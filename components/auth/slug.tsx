/** A slug to begin with, from a company's name: “Müller & Söhne” is `muller-sohne`. Empty where nothing fitting remains. */
export function suggestSlug(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  return slug.length < 3 ? "" : slug;
}
