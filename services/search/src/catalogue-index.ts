import type { CatalogueDocument } from "./catalogue-document.ts";
import { createTextIndex, type TextIndex } from "./text-index.ts";

/** The catalogue as it was at one moment, ready to be searched. Never changed, only replaced. */
export interface CatalogueIndex {
  documents: readonly CatalogueDocument[];
  byId: ReadonlyMap<string, CatalogueDocument>;
  text: TextIndex;
  /** All that `text` was built from. */
  fingerprint: string;
}

/** Prices and stock change with every order, texts with a release: `previous` lends its text index while it is right. */
export function indexCatalogue(
  documents: readonly CatalogueDocument[],
  previous: CatalogueIndex | undefined,
): CatalogueIndex {
  const fingerprint = JSON.stringify(
    documents.map(({ id, name, keywords, categoryName, description }) => [
      id,
      name,
      keywords,
      categoryName,
      description,
    ]),
  );
  const text = previous?.fingerprint === fingerprint ? previous.text : createTextIndex(documents);
  return { documents, byId: new Map(documents.map((each) => [each.id, each])), text, fingerprint };
}
