import { figuresOf, type Results } from "./figures.ts";
import { type RowName, rows } from "./rows.ts";

/** The rows of the chart. Pages take a hundred times as long as the others, so they have no bar. */
const shown: readonly RowName[] = [
  "me",
  "unknown",
  "one",
  "list",
  "cookie",
  "create",
  "next",
  "bare",
  "bare-list",
  "peer-verify",
  "peer-list",
];
const colors = { front: "#0f766e", next: "#0f766e", bare: "#6b7280", peer: "#b45309" } as const;
const legend = { RepDesk: colors.front, "bare Next": colors.bare, "better-auth": colors.peer };

const width = 860;
const labels = 360;
const figures = 70;
const lineHeight = 28;
const top = 84;

/** Bars of CPU time. On a background of its own, so that it reads the same in a light and in a dark page. */
export function chartOf(results: Results): string {
  const bars = shown.flatMap((name) => {
    const measured = figuresOf(results, name);
    return measured ? [{ ...rows[name], micros: measured.cpu * 1_000 }] : [];
  });
  const most = Math.max(...bars.map(({ micros }) => micros));
  const height = top + bars.length * lineHeight + 16;
  const drawn = bars.map(({ title, server, micros }, index) => {
    const y = top + index * lineHeight;
    const length = Math.max(1, (micros / most) * (width - labels - figures - 24));
    return [
      `<text x="${labels - 12}" y="${y + 14}" text-anchor="end">${escaped(title.replaceAll("`", ""))}</text>`,
      `<rect x="${labels}" y="${y}" width="${length.toFixed(1)}" height="18" rx="2" fill="${colors[server]}"/>`,
      `<text x="${(labels + length + 8).toFixed(1)}" y="${y + 14}">${Math.round(micros).toLocaleString("en-US")}</text>`,
    ].join("\n");
  });
  const keys = Object.entries(legend).map(([name, color], index) => {
    const x = 20 + index * 110;
    return `<rect x="${x}" y="47" width="12" height="12" rx="2" fill="${color}"/>\n<text x="${x + 18}" y="58">${name}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="13" fill="#111827">
<title id="title">CPU time of node for each request, in microseconds</title>
<rect width="${width}" height="${height}" rx="8" fill="#ffffff" stroke="#d1d5db"/>
<text x="20" y="32" font-size="15" font-weight="600">CPU time of node for each request, in microseconds (shorter is better)</text>
${keys.join("\n")}
${drawn.join("\n")}
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
