/** Everything is sent from one warehouse near Incheon, so zones are by distance from Korea. */
export type ZoneName = "domestic" | "nearby" | "overseas" | "remote";

export interface Zone {
  /** Highest weight of each band in grams, and its price in US cents; in ascending order. */
  bands: readonly { upToGrams: number; cents: number }[];
  /** For each started kilogram above the highest band, in US cents. */
  centsPerFurtherKilogram: number;
  /** Days from dispatch to delivery. */
  days: { min: number; max: number };
}

export const zones: Readonly<Record<ZoneName, Zone>> = {
  domestic: {
    bands: [
      { upToGrams: 500, cents: 250 },
      { upToGrams: 2_000, cents: 300 },
      { upToGrams: 5_000, cents: 400 },
      { upToGrams: 10_000, cents: 550 },
      { upToGrams: 20_000, cents: 800 },
    ],
    centsPerFurtherKilogram: 50,
    days: { min: 1, max: 2 },
  },
  nearby: {
    bands: [
      { upToGrams: 500, cents: 900 },
      { upToGrams: 2_000, cents: 1_600 },
      { upToGrams: 5_000, cents: 2_900 },
      { upToGrams: 10_000, cents: 4_800 },
      { upToGrams: 20_000, cents: 8_200 },
    ],
    centsPerFurtherKilogram: 380,
    days: { min: 3, max: 5 },
  },
  overseas: {
    bands: [
      { upToGrams: 500, cents: 1_400 },
      { upToGrams: 2_000, cents: 2_700 },
      { upToGrams: 5_000, cents: 5_200 },
      { upToGrams: 10_000, cents: 9_000 },
      { upToGrams: 20_000, cents: 16_500 },
    ],
    centsPerFurtherKilogram: 790,
    days: { min: 5, max: 9 },
  },
  remote: {
    bands: [
      { upToGrams: 500, cents: 1_900 },
      { upToGrams: 2_000, cents: 3_600 },
      { upToGrams: 5_000, cents: 7_100 },
      { upToGrams: 10_000, cents: 12_400 },
      { upToGrams: 20_000, cents: 22_800 },
    ],
    centsPerFurtherKilogram: 1_100,
    days: { min: 8, max: 15 },
  },
};

/** By ISO 3166-1 alpha-2 code; a country that is not listed is not served. */
export const zoneOfCountry: ReadonlyMap<string, ZoneName> = new Map([
  ["KR", "domestic"],
  ...inZone("nearby", "JP CN TW HK MO SG VN TH MY PH"),
  ...inZone("overseas", "US CA GB IE ES PT FR DE IT NL BE AT CH SE DK NO FI PL AU NZ"),
  ...inZone("remote", "MX BR AR CL CO PE KW AE SA ZA"),
]);

function inZone(zone: ZoneName, codes: string): [string, ZoneName][] {
  return codes.split(" ").map((code) => [code, zone]);
}
