import type { Random } from "./random.ts";

export interface Shopper {
  /** For `Accept-Language`. */
  language: string;
  currency: string;
  searches: readonly string[];
  address: Readonly<Record<"name" | "email" | "line1" | "city" | "postalCode" | "country", string>>;
}

interface Town {
  language: string;
  currencies: readonly string[];
  searches: readonly string[];
  names: readonly string[];
  streets: readonly string[];
  city: string;
  postalCode: string;
  country: string;
}

const towns: readonly Town[] = [
  {
    language: "ko-KR,ko;q=0.9,en;q=0.5",
    currencies: ["KRW", "KRW", "USD"],
    searches: ["모카", "가방", "노트", "이어폰", "텐트"],
    names: ["한지우", "김서연", "박도윤"],
    streets: ["세종대로 12", "테헤란로 501"],
    city: "서울",
    postalCode: "04524",
    country: "KR",
  },
  {
    language: "en-US,en;q=0.9",
    currencies: ["USD"],
    searches: ["mug", "notebok", "headphones", "tent", "puzzle"],
    names: ["Avery Quill", "Rowan Ellery", "Sam Okafor"],
    streets: ["48 Larkspur Lane", "9 Harbor Street"],
    city: "Portland",
    postalCode: "97204",
    country: "US",
  },
  {
    language: "es-ES,es;q=0.9,en;q=0.5",
    currencies: ["EUR", "EUR", "USD"],
    searches: ["cafetera", "mochila", "cuaderno", "auriculares", "café"],
    names: ["Lucía Marchena", "Iker Olaizola", "Nerea Villalobos"],
    streets: ["Calle de Alcalá 7", "Gran Vía 31"],
    city: "Madrid",
    postalCode: "28014",
    country: "ES",
  },
];

export function chooseShopper(random: Random): Shopper {
  const town = random.pick(towns);
  const { language, searches, city, postalCode, country } = town;
  const email = `shopper-${random.between(1, 1_000_000)}@example.com`;
  return {
    language,
    currency: random.pick(town.currencies),
    searches,
    address: {
      name: random.pick(town.names),
      email,
      line1: random.pick(town.streets),
      city,
      postalCode,
      country,
    },
  };
}
