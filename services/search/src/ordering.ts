import { createHash } from "node:crypto";
import { BadRequest, decodeCursor, encodeCursor } from "@mall/kit";
import { z } from "zod";
import type { CatalogueDocument, Locale } from "./catalogue-document.ts";
import type { Scores } from "./text-index.ts";

export const sorts = ["relevance", "price", "-price", "name"] as const;
export type Sort = (typeof sorts)[number];

/** What a hit is ordered by; equal keys are ordered by the place in the catalogue, so that no two hits are equal. */
export interface Position {
  key: number | string;
  place: number;
}

export interface Ordering {
  positionOf(document: CatalogueDocument): Position;
  compare(a: Position, b: Position): number;
}

/** Without scores (nothing was typed) everything is equally relevant: the catalogue's own order. */
export function orderingBy(sort: Sort, locale: Locale, scores: Scores | undefined): Ordering {
  const keys: Record<Sort, (document: CatalogueDocument) => number | string> = {
    relevance: ({ id }) => -(scores?.get(id) ?? 0),
    price: ({ discountedPrice }) => discountedPrice,
    "-price": ({ discountedPrice }) => -discountedPrice,
    name: ({ name }) => name[locale],
  };
  const collator = collators[locale];
  return {
    positionOf: (document) => ({ key: keys[sort](document), place: document.place }),
    compare: (a, b) => compareKeys(a.key, b.key, collator) || a.place - b.place,
  };
}

const collators = {
  ko: new Intl.Collator("ko", { numeric: true }),
  en: new Intl.Collator("en", { numeric: true }),
  es: new Intl.Collator("es", { numeric: true }),
};

const compareKeys = (a: number | string, b: number | string, collator: Intl.Collator): number =>
  typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));

const cursorShape = z.strictObject({
  of: z.string(),
  key: z.union([z.number(), z.string()]),
  place: z.int().nonnegative(),
});

/** The cursor to what comes after `last`. It holds a position and no offset: a product more or less shifts nothing. */
export const cursorAfter = (last: Position, query: unknown): string =>
  encodeCursor({ of: digest(query), ...last });

/** Throws `BadRequest` for a cursor that another query was answered with: its position means nothing in this one. */
export function readCursor(cursor: string | undefined, query: unknown): Position | undefined {
  const read = decodeCursor(cursorShape, cursor);
  if (!read) return undefined;
  if (read.of === digest(query)) return read;
  throw new BadRequest("Use a cursor only with the query that it came with, or start without one.", [
    { field: "cursor", message: "belongs to another query" },
  ]);
}

const digest = (query: unknown): string =>
  createHash("sha256").update(JSON.stringify(query)).digest("base64url").slice(0, 12);
