/**
 * The page of docs/ref/ that tells every effect's parameters and the ranges that they
 * are drawn from. What a parameter does is said in its effect's own file.
 * @module
 */
import { EFFECTS } from "./effects.ts";

/** The page, in Markdown. */
export function effectsReference(): string {
  const rows = EFFECTS.flatMap(({ truth, stage, ranges }) =>
    Object.entries(ranges).map(([name, [least, most]], index) => [
      ...(index === 0 ? [`\`${truth}\``, stage] : ["", ""]),
      `\`${name}\``,
      shown(least),
      shown(most),
    ])
  );
  return [HEAD, table([["effect", "stage", "parameter", "least", "most"], ...rows]), ""]
    .join("\n");
}

const HEAD = `# Effects of drawn scenes

Written by \`scripts/generate_docs.ts\`; do not edit.

Each scene draws its effect's parameters evenly from these ranges, by its seed alone: the
same seed gives the same effect, over the street as over footage. Lengths are parts of the
picture's width or height, times milliseconds where the name ends in \`Ms\`, light and luma
steps of 8-bit video. A \`kind\` is rounded down and picks one of the effect's forms. What
each parameter does stands beside it in \`capture/scene/effect_*.ts\`. An \`optical\` effect
comes before the sensor's noise, a \`digital\` one after it.
`;

/** At most 4 digits behind the point, none where there are none. */
function shown(value: number): string {
  return String(Number(value.toFixed(4)));
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => row[column]!.length))
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  const [head, ...rest] = rows;
  return [line(head!), rule, ...rest.map(line)].join("\n");
}
