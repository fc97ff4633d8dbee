/**
 * Korean writing, as far as finding words needs it. Words are compared by the keys that type them (the standard
 * two-set layout), not by syllables: then a half-typed syllable is a prefix of the word ("헤드ㅍ" and "헫" of
 * "헤드폰"), and one wrong letter ("해드폰") is one edit.
 */

const syllable = /[가-힣]/;
const everySyllable = /[가-힣]/g;
const firstSyllable = "가".charCodeAt(0);

// In the order of Unicode's syllable block (The Unicode Standard, section 3.12), each letter by its keys.
const initials = "ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ".split(" ");
const vowels = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split(" ");
// None comes first: most syllables end in their vowel.
const finals =
  " ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(
    " ",
  );

export const hasHangul = (word: string): boolean => syllable.test(word);

/** `"펜"` gives `"ㅍㅔㄴ"`; what is not a Hangul syllable stays as it is. */
export const toKeystrokes = (word: string): string => word.replaceAll(everySyllable, keysOf);

function keysOf(character: string): string {
  const index = character.charCodeAt(0) - firstSyllable;
  const final = index % finals.length;
  const vowel = Math.floor(index / finals.length) % vowels.length;
  const initial = Math.floor(index / finals.length / vowels.length);
  return `${initials[initial]}${vowels[vowel]}${finals[final]}`;
}

/**
 * What is left of a Korean word from each later syllable on, down to two: compounds are written together, and people
 * search by their parts. `"무선이어폰"` gives `"선이어폰"`, `"이어폰"`, `"어폰"`.
 */
export const laterParts = (word: string): string[] =>
  [...word.matchAll(everySyllable)]
    .filter(({ index }) => index > 0 && index <= word.length - 2)
    .map(({ index }) => word.slice(index));

/** Every way of cutting a Korean compound in two parts of at least two syllables. */
export function compoundCuts(word: string): [string, string][] {
  if (!/^[가-힣]{4,}$/.test(word)) return [];
  return Array.from({ length: word.length - 3 }, (_, extra) => [
    word.slice(0, 2 + extra),
    word.slice(2 + extra),
  ]);
}

// Bound to the end, so the match that begins first is the longest: "에서는" and not "는".
const particle =
  /(?<=.)(?:에서는|으로는|에게서|한테서|에서|에게|한테|으로|까지|부터|처럼|보다|이랑|이나|하고|은|는|이|가|을|를|의|에|도|만|와|과|로|랑)$/u;

/** The noun of a Korean word that ends like a particle (`"모카포트를"`: `"모카포트"`); undefined for any other. */
export function withoutParticle(word: string): string | undefined {
  if (!hasHangul(word)) return undefined;
  const noun = word.replace(particle, "");
  return noun === word ? undefined : noun;
}
