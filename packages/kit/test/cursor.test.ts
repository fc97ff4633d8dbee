import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { BadRequest } from "../src/errors.ts";
import { decodeCursor, encodeCursor, paging, toPage } from "../src/http/cursor.ts";

const position = z.tuple([z.string(), z.int()]);

describe("a cursor", () => {
  test.each([[["2026-11-23", 5]], [["가/격+?=", 0]]])("leads back to %j and fits in an address", (where) => {
    const cursor = encodeCursor(where);

    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decodeCursor(position, cursor)).toEqual(where);
  });

  test("is undefined for the first page", () => {
    expect(decodeCursor(position, undefined)).toBeUndefined();
  });

  test.each(["", "x", "%%%", encodeCursor(["a"]), encodeCursor({ a: 1 }), encodeCursor(["a", "5"])])(
    "%j is none of this list, and the field is named",
    (cursor) => {
      expect(() => decodeCursor(position, cursor)).toThrow(BadRequest);
      expect(() => decodeCursor(position, cursor)).toThrow(
        expect.objectContaining({ errors: [{ field: "cursor", message: "is not a cursor of this list" }] }),
      );
    },
  );
});

describe("a page", () => {
  const rows = [{ id: 1 }, { id: 2 }, { id: 3 }];
  const idOf = ({ id }: { id: number }) => id;

  test("ends with a cursor to the next one while there is more", () => {
    expect(toPage(rows, 2, idOf)).toEqual({ items: [{ id: 1 }, { id: 2 }], next: encodeCursor(2) });
  });

  test("is the last one when there is no more, and may be empty", () => {
    expect(toPage(rows, 3, idOf)).toEqual({ items: rows, next: null });
    expect(toPage([], 3, idOf)).toEqual({ items: [], next: null });
  });

  test("visits every row once, whatever its size", () => {
    for (const limit of [1, 2, 3, 4]) {
      const visited: number[] = [];
      let cursor: string | undefined;
      do {
        const after = decodeCursor(z.int(), cursor) ?? 0;
        const found = rows.filter(({ id }) => id > after).slice(0, limit + 1);
        const { items, next } = toPage(found, limit, idOf);
        visited.push(...items.map(idOf));
        cursor = next ?? undefined;
      } while (cursor);
      expect(visited).toEqual([1, 2, 3]);
    }
  });

  test.each(["0", "-1", "101", "1.5", "many", ""])("cannot have the size %j", (limit) => {
    expect(z.object(paging).safeParse({ limit }).success).toBe(false);
  });

  test("has 20 rows unless said otherwise", () => {
    expect(z.object(paging).parse({})).toEqual({ limit: 20 });
    expect(z.object(paging).parse({ limit: "100" })).toEqual({ limit: 100 });
  });
});
