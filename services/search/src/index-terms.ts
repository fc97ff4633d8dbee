import { hasHangul, laterParts, toKeystrokes } from "./hangul.ts";
import { wordsOf } from "./words.ts";

export type TextKind = "name" | "keywords" | "categoryName" | "description";

/**
 * The terms under which a text is found; each is found by its beginnings, too.
 *
 * A Korean name is also found from any syllable on and without its spaces, since both are matters of taste: "모카 포트"
 * by "모카포트". Keywords and categories by any part of each word. Descriptions by whole words only: parts of verbs and
 * endings would be found by chance.
 */
export function termsOf(text: string, kind: TextKind): string[] {
  const words = wordsOf(text);
  return [...new Set([...words, ...koreanParts(words, kind)].map(toKeystrokes))];
}

function koreanParts(words: readonly string[], kind: TextKind): string[] {
  if (kind === "description") return [];
  if (kind !== "name") return words.filter(hasHangul).flatMap(laterParts);
  const together = words.join("");
  return hasHangul(together) ? [together, ...laterParts(together)] : [];
}
