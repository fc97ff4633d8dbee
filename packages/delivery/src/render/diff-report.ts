import type { ObjectDiff } from "./object-diff.ts";

const signs = { added: "+", removed: "-", changed: "~" } as const;

export const diffLines = (diffs: readonly ObjectDiff[]): string[] =>
  diffs.length > 0
    ? diffs.flatMap(({ folder, object, change, diff }) => [
        `${signs[change]} ${folder}  ${object}`,
        diff.trimEnd(),
        "",
      ])
    : ["Nothing would change in any cluster."];

/** GitHub takes 65,536 characters; what is cut is said. */
const limit = 60_000;

/** A comment for a pull request: one folded block per object, and the list of all even where blocks do not fit. */
export function diffMarkdown(diffs: readonly ObjectDiff[]): string {
  if (diffs.length === 0) return "Nothing would change in any cluster.\n";
  const heading = `This changes ${diffs.length === 1 ? "one object" : `${diffs.length} objects`}:\n`;
  const list = diffs.map(({ folder, object, change }) => `- ${signs[change]} \`${folder}\` ${object}`);
  let text = `${heading}\n${list.join("\n")}\n`.slice(0, limit / 2);
  for (const { folder, object, diff } of diffs) {
    const block = `\n<details><summary>${folder}: ${object}</summary>\n\n${fenced(diff)}\n</details>\n`;
    if (text.length + block.length > limit)
      return `${text}\nThe rest is too long for a comment: \`npm run diff -- <revision>\` prints it.\n`;
    text += block;
  }
  return text;
}

/** A fence longer than any in the text, so that nothing in a manifest can end it. */
function fenced(diff: string): string {
  const longest = Math.max(2, ...(diff.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}diff\n${diff.trimEnd()}\n${fence}`;
}
