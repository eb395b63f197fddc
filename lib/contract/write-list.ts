/** Writes values in the form that `readList` reads. */
export function writeList(values: readonly string[]): string {
  return values.map((value) => (/,|^\s*"/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(",");
}
