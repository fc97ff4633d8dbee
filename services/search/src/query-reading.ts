import type { Query, QueryCombination } from "minisearch";
import { compoundCuts, toKeystrokes, withoutParticle } from "./hangul.ts";
import { meaningfulWords, wordsOf } from "./words.ts";

/** Whether the index holds a term that begins so; with `edits`, one that is at most so many letters away. */
export type Knows = (term: string, edits?: number) => boolean;

const mostWords = 10;

/**
 * Reads what somebody typed as far as the index can make sense of it: one query per word, all of which a product
 * should match. A word that nothing is known of is left out.
 */
export function readQuery(text: string, knows: Knows): Query[] {
  return meaningfulWords(wordsOf(text))
    .slice(0, mostWords)
    .map((word) => readWord(word, knows))
    .filter((query) => query !== undefined);
}

/**
 * The first reading that the index knows: as typed, as a noun with a particle, as a compound, with a typo. A word
 * that is in the catalogue is never taken for a typo of another ("lamp" finds no camp chair).
 */
function readWord(word: string, knows: Knows): QueryCombination | undefined {
  const typed = toKeystrokes(word);
  const noun = withoutParticle(word);
  // "텐트가" may stand in a description, but who types it wants tents. One syllable alone ("의" of "의도") says too little.
  const nouns = noun !== undefined && (noun.length > 1 || !knows(typed)) ? [toKeystrokes(noun)] : [];
  const known = [typed, ...nouns].filter((term) => knows(term));
  if (known.length > 0) return anyOf(known);
  return readCompound(noun ?? word, knows) ?? readTypo([typed, ...nouns], knows);
}

function readCompound(word: string, knows: Knows): QueryCombination | undefined {
  const parts = compoundCuts(word)
    .map((cut) => cut.map(toKeystrokes))
    .find((cut) => cut.every((part) => knows(part)));
  return parts && { queries: parts, combineWith: "AND", prefix: true };
}

/** Two letters the wrong way round, or one wrong, missing or too many; in long words two of those. */
function readTypo(terms: readonly string[], knows: Knows): QueryCombination | undefined {
  const swapped = terms.flatMap(swaps).filter((term) => knows(term));
  if (swapped.length > 0) return anyOf(swapped);
  for (const edits of [1, 2]) {
    const near = terms.filter((term) => edits <= editsAllowed(term) && knows(term, edits));
    if (near.length > 0) return { queries: near, combineWith: "OR", prefix: false, fuzzy: edits };
  }
  return undefined;
}

const anyOf = (terms: string[]): QueryCombination => ({ queries: terms, combineWith: "OR", prefix: true });

const swaps = (term: string): string[] =>
  editsAllowed(term) === 0
    ? []
    : Array.from(
        { length: term.length - 1 },
        (_, at) => `${term.slice(0, at)}${term[at + 1]}${term[at]}${term.slice(at + 2)}`,
      );

// A Korean syllable takes two or three keys, so a key says less than a Latin letter.
function editsAllowed(term: string): number {
  const letters = /[ㄱ-ㅣ]/.test(term) ? term.length / 2 : term.length;
  if (letters < 3) return 0;
  return letters < 8 ? 1 : 2;
}
