/**
 * The words of a text, in the form in which they are compared: lower case, without accents and apostrophes.
 * `"Chef's café, 6 cups"` gives `["chefs", "cafe", "6", "cups"]`.
 */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f'’]/g, "")
    .normalize("NFC") // puts Hangul syllables together again
    .toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

// Words that carry no meaning alone. Korean has none: its function words are endings, see `withoutParticle`.
const english = ["a", "an", "and", "for", "from", "in", "of", "on", "or", "the", "to", "with"];
const spanish = [
  "al",
  "con",
  "de",
  "del",
  "el",
  "en",
  "la",
  "las",
  "los",
  "o",
  "para",
  "por",
  "un",
  "una",
  "y",
];
const stopWords = new Set([...english, ...spanish]);

/** The words that say what is wanted; all of them when none does. */
export function meaningfulWords(words: readonly string[]): readonly string[] {
  const meaningful = words.filter((word) => !stopWords.has(word));
  return meaningful.length > 0 ? meaningful : words;
}
