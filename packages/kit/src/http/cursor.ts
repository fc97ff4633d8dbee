import { z } from "zod";
import { BadRequest } from "../errors.ts";

/** The opaque cursor of a paged list: where the next page starts. */
export const encodeCursor = (position: unknown): string =>
  Buffer.from(JSON.stringify(position)).toString("base64url");

/** Reads back what `encodeCursor` made; undefined for none. Throws `BadRequest` for anything else. */
export function decodeCursor<S extends z.ZodType>(
  schema: S,
  cursor: string | undefined,
): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    const errors = [{ field: "cursor", message: "is not a cursor of this list" }];
    throw new BadRequest(
      "Use the cursor exactly as `next` gave it, or none for the first page.",
      errors,
      cause,
    );
  }
}

/** The body of a list endpoint: `{ items, next }`, where `next` is null on the last page. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Query parameters of a list endpoint. */
export const paging = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};

/** Cuts `rows`, which were asked for with one more than `limit`, into a page. */
export function toPage<T>(rows: readonly T[], limit: number, position: (last: T) => unknown): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(position(last)) : null };
}
