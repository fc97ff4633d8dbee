import MiniSearch, { type SearchOptions } from "minisearch";
import { type CatalogueDocument, type Locale, locales } from "./catalogue-document.ts";
import { type TextKind, termsOf } from "./index-terms.ts";
import { readQuery } from "./query-reading.ts";

/** How well each product matches, by product id; higher is better. Products that don't match are not in it. */
export type Scores = ReadonlyMap<string, number>;

export interface TextIndex {
  /** Products that match all words, or if there are none, those that match some. In any language, own language first. */
  match(text: string, locale: Locale): Scores;
  /** Products to suggest while a word is being typed: by what they are called, not by what is said about them. */
  suggest(text: string, locale: Locale): Scores;
}

// A word in the name says what a thing is; one in the description may be said about anything. The factors are wide
// apart because a rare word in a short description would otherwise outweigh a common one in a name.
const importance: Readonly<Record<TextKind, number>> = {
  name: 12,
  keywords: 4,
  categoryName: 3,
  description: 1,
};
const ownLanguage = 1.5;

const kinds = Object.keys(importance) as TextKind[];
const fieldsOf = (...of: TextKind[]): string[] =>
  of.flatMap((kind) => locales.map((locale) => `${kind}.${locale}`));
const splitField = (field: string): [TextKind, Locale] => field.split(".") as [TextKind, Locale];

export function createTextIndex(documents: readonly CatalogueDocument[]): TextIndex {
  const index = new MiniSearch<CatalogueDocument>({
    fields: fieldsOf(...kinds),
    extractField(document, field) {
      if (field === "id") return document.id;
      const [kind, locale] = splitField(field);
      return document[kind][locale];
    },
    tokenize: (text, field) => (field === undefined ? [text] : termsOf(text, splitField(field)[0])),
    processTerm: (term) => term,
    // A query's words are read before they get here.
    searchOptions: { tokenize: (term) => [term] },
  });
  index.addAll(documents);

  function find(text: string, options: SearchOptions, combinations: ("AND" | "OR")[]): Scores {
    const queries = readQuery(
      text,
      (term, edits) =>
        index.search(term, edits === undefined ? { ...options, prefix: true } : { ...options, fuzzy: edits })
          .length > 0,
    );
    for (const combineWith of combinations) {
      const results = index.search({ queries, combineWith }, options);
      if (results.length > 0) return new Map(results.map(({ id, score }) => [String(id), score]));
    }
    return new Map();
  }

  return {
    match: (text, locale) => find(text, { boost: boosts[locale] }, ["AND", "OR"]),
    suggest: (text, locale) =>
      find(text, { boost: boosts[locale], fields: fieldsOf("name", "keywords") }, ["AND"]),
  };
}

const boostsFor = (reader: Locale): Record<string, number> =>
  Object.fromEntries(
    fieldsOf(...kinds).map((field) => {
      const [kind, locale] = splitField(field);
      return [field, importance[kind] * (locale === reader ? ownLanguage : 1)];
    }),
  );
const boosts = { ko: boostsFor("ko"), en: boostsFor("en"), es: boostsFor("es") };
