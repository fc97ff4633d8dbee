import { InvalidInput, type Money } from "@mall/kit";
import { findOutlyingArea } from "./outlying-areas.ts";
import { type Zone, zoneOfCountry, zones } from "./zones.ts";

export interface Quote {
  /** In US dollars. */
  price: Money;
  weightGrams: number;
  days: { min: number; max: number };
}

export interface QuotedDestination {
  /** ISO 3166-1 alpha-2. */
  country: string;
  postalCode?: string | undefined;
}

/** All tariffs, and so all prices of shipments, are in this currency. */
export const tariffCurrency = "USD";

/** What sending so many grams costs. Throws `InvalidInput` naming `destination.country` when it is not served. */
export function quote(weightGrams: number, { country, postalCode }: QuotedDestination): Quote {
  const { days, ...tariff } = zoneOrThrow(country);
  const outlying = findOutlyingArea(country, postalCode);
  const amount = priceByWeight(weightGrams, tariff) + (outlying?.surchargeCents ?? 0);
  const further = outlying?.furtherDays ?? 0;
  return {
    price: { amount, currency: tariffCurrency },
    weightGrams,
    days: { min: days.min + further, max: days.max + further },
  };
}

/** Throws `InvalidInput` naming `destination.country` when it is not served. */
export function zoneOrThrow(country: string): Zone {
  const zone = zoneOfCountry.get(country);
  if (zone) return zones[zone];
  throw new InvalidInput(`The mall does not deliver to ${country}. Choose another country.`, [
    { field: "destination.country", message: "is not served" },
  ]);
}

function priceByWeight(grams: number, { bands, centsPerFurtherKilogram }: Omit<Zone, "days">): number {
  let highest = { upToGrams: 0, cents: 0 };
  for (const band of bands) {
    if (grams <= band.upToGrams) return band.cents;
    highest = band;
  }
  const startedKilograms = Math.ceil((grams - highest.upToGrams) / 1_000);
  return highest.cents + startedKilograms * centsPerFurtherKilogram;
}
