import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { formatInstant, formatWeight } from "../src/i18n/formats.ts";
import { messagesOf } from "../src/i18n/messages.ts";
import { plurals } from "../src/i18n/plural.ts";

const source = join(import.meta.dirname, "../src");
const code = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith("i18n"))
  .map((file) => readFileSync(join(source, file), "utf8"))
  .join("\n");

type Message = string | ((...values: never[]) => string);

/** Every message by its path, `cart.title`; the ones with values are filled in with numbers. */
function messagesIn(catalogue: object, path: string[] = []): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]: [string, Message | object]): [string, string][] => {
    const here = [...path, key];
    if (typeof value === "object") return messagesIn(value, here);
    const values = [2, 3, 4, 5] as unknown as never[];
    return [[here.join("."), typeof value === "string" ? value : value(...values)]];
  });
}

const english = new Map(messagesIn(messagesOf("en")));

// Said the same way in both languages, or a name.
const sameInSpanish = new Set([
  "shop.profile",
  "checkout.subtotal",
  "checkout.total",
  "cart.subtotal",
  "cart.total",
]);

describe("the message catalogues", () => {
  test("hold the same messages in every language, none of them empty", () => {
    for (const locale of ["ko", "es"] as const) {
      const messages = messagesIn(messagesOf(locale));
      expect(messages.map(([path]) => path)).toEqual([...english.keys()]);
      expect(messages.filter(([, text]) => text.trim() === "" || /#|undefined|NaN/.test(text))).toEqual([]);
    }
  });

  test("are really translated", () => {
    const notKorean = messagesIn(messagesOf("ko")).filter(
      ([, text]) => !/\p{Script=Hangul}|^[\d\s,~]+$/u.test(text),
    );
    const notSpanish = messagesIn(messagesOf("es")).filter(
      ([path, text]) => text === english.get(path) && /\p{L}{3}/u.test(text) && !sameInSpanish.has(path),
    );

    expect(notKorean).toEqual([]);
    expect(notSpanish).toEqual([]);
  });

  test("hold nothing that no page says any more", () => {
    const chosenByData =
      /^(form\.(name|email|line1|city|postalCode|problems)|order\.(states|failures|stepNames|outcomes)|search\.sortings|errors\.parts)\b/;
    const unused = [...english.keys()].filter(
      (path) => !chosenByData.test(path) && !new RegExp(`\\b${path.replace(".", "\\.")}\\b`).test(code),
    );

    expect(unused).toEqual([]);
  });
});

test("counts follow each language's plural rules", () => {
  const forms = { none: "no eggs", one: "# egg", other: "# eggs" };

  expect([0, 1, 2, 1_234].map((count) => plurals("en")(count, forms))).toEqual([
    "no eggs",
    "1 egg",
    "2 eggs",
    "1,234 eggs",
  ]);
  expect(plurals("ko")(1, { other: "#개" })).toBe("1개");
  expect(plurals("es")(1_000_000, { one: "# huevo", other: "# huevos" })).toBe("1.000.000 huevos");
});

test("instants and weights are written in the manner of the language, and the time zone is said", () => {
  expect(formatInstant("2026-11-23T04:05:00Z", "en")).toMatch(/^Nov 23, 2026, 4:05\sAM UTC$/);
  expect(formatInstant("2026-11-23T04:05:00Z", "ko")).toBe("2026. 11. 23. 오전 4:05 UTC");
  expect(formatWeight(620, "en")).toBe("620 g");
  expect(formatWeight(6200, "es")).toBe("6,2 kg");
});
