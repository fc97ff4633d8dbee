import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually } from "@mall/kit/testing";
import { type SearchUnderTest, startSearch } from "./search-under-test.ts";

let mall: SearchUnderTest;

beforeAll(async () => {
  mall = await startSearch();
});
afterAll(() => mall.stop());

describe("what was typed is found first", () => {
  const searches: [string, string, string, string][] = [
    ["a word of the name", "en", "moka", "moka-pot"],
    ["a keyword", "en", "percolator", "moka-pot"],
    ["a word of the description", "en", "cornbread", "cast-iron-skillet"],
    ["the beginning of a word", "en", "headph", "over-ear-headphones"],
    ["a wrong letter", "en", "expresso", "moka-pot"],
    ["a missing letter", "en", "umbrela", "walking-umbrella"],
    ["two letters the wrong way round", "en", "tnet", "two-person-tent"],
    ["two typos in a long word", "en", "hedphoness", "over-ear-headphones"],
    ["another case, an apostrophe, words that say nothing", "en", "The CHEF’S knife", "chef-knife"],
    ["several words", "en", "headphones wireless", "over-ear-headphones"],
    ["Spanish without its accents", "es", "lampara escritorio", "desk-lamp"],
    ["Spanish with its accents", "es", "brújula", "field-compass"],
    ["a Spanish letter of its own", "es", "sartén", "cast-iron-skillet"],
    ["the Spanish plural", "es", "cafeteras", "moka-pot"],
    ["Korean", "ko", "턴테이블", "record-player"],
    ["a Korean noun with its particle", "ko", "모카포트를", "moka-pot"],
    ["one syllable with its particle", "ko", "칼을", "chef-knife"],
    ["part of a Korean name", "ko", "모카", "moka-pot"],
    ["Korean words written together", "ko", "캠핑의자", "camp-chair"],
    ["Korean words written apart", "ko", "턴 테이블", "record-player"],
    ["the end of a Korean compound", "ko", "저널", "dotted-notebook"],
    ["a Korean compound that nobody has written", "ko", "가죽가방", "leather-satchel"],
    ["a wrong Korean vowel", "ko", "해드폰", "over-ear-headphones"],
    ["a half-typed syllable", "ko", "헤드ㅍ", "over-ear-headphones"],
    ["a syllable that has swallowed the next one's first letter", "ko", "모캎", "moka-pot"],
    ["Korean in decomposed form", "ko", "모카".normalize("NFD"), "moka-pot"],
    ["English by a Korean reader", "ko", "moka", "moka-pot"],
  ];
  test.each(searches)("by %s (%s: %s)", async (_what, locale, q, slug) => {
    expect((await mall.find(q, { locale }))[0]).toBe(slug);
  });
});

describe("search", () => {
  test("ranks a name over a keyword, and a keyword over a description", async () => {
    await mall.rewrite("wooden-train", "name", "A zeppelin of wood, made by hand, for all ages");
    await mall.rewrite("teddy-bear", "keywords", "zeppelin");
    await mall.rewrite("spinning-top", "description", "Zeppelin, zeppelin, zeppelin!");

    await eventually(async () =>
      expect(await mall.find("zeppelin")).toEqual(["wooden-train", "teddy-bear", "spinning-top"]),
    );
  });

  test("finds accented and plain spelling alike", async () => {
    expect(await mall.find("café", { locale: "es" })).toEqual(await mall.find("cafe", { locale: "es" }));
    expect(await mall.find("cafe", { locale: "es" })).toContain("moka-pot");
  });

  test("finds a category by its name in each language", async () => {
    for (const q of ["audio", "오디오"]) {
      const { body } = await mall.get("/search", { q, category: "audio" });
      expect(body.total).toBe(6);
    }
  });

  test("does not take a word that the catalogue knows for a typo of another", async () => {
    const found = await mall.find("lamp");

    expect(found[0]).toBe("desk-lamp");
    expect(found).not.toContain("camp-chair");
  });

  test("wants all words, and is content with some when no product has all", async () => {
    const wireless = await mall.find("wireless");
    const both = await mall.find("wireless earbuds");

    expect(wireless).toEqual(expect.arrayContaining(["wireless-earbuds", "over-ear-headphones"]));
    expect(both).toEqual(["wireless-earbuds"]);
    expect(await mall.find("espresso umbrella")).toEqual(
      expect.arrayContaining(["moka-pot", "walking-umbrella"]),
    );
  });

  test.each(["qqqqqqqq", "!!!", "ㅁㄴㅇㄹㅁㄴㅇㄹ"])("finds nothing for %s", async (q) => {
    const { status, body } = await mall.get("/search", { q });

    expect(status).toBe(200);
    expect(body).toMatchObject({ items: [], next: null, total: 0 });
  });
});

describe("suggestions", () => {
  test("are names in the reader's language, by what has been typed so far", async () => {
    const english = await mall.get("/search/suggest", { q: "mok", locale: "en" });
    const korean = await mall.get("/search/suggest", { q: "모ㅋ", locale: "ko" });

    const mokaPot = { slug: "moka-pot", image: "/images/moka-pot.svg" };
    expect(english.body).toEqual({ items: [{ ...mokaPot, text: "Moka pot, 6 cups" }], next: null });
    expect(korean.body.items).toEqual([{ ...mokaPot, text: "알루미늄 모카 포트 6컵" }]);
  });

  test("are few, and never what only a description mentions", async () => {
    expect((await mall.get("/search/suggest", { q: "c" })).body.items).toHaveLength(8);
    expect((await mall.find("cornbread")).length).toBe(1);
    expect((await mall.get("/search/suggest", { q: "cornbread" })).body.items).toEqual([]);
  });

  test("of nothing typed are refused", async () => {
    const answer = await mall.get("/search/suggest", { q: " " });

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toBe("q");
  });
});
