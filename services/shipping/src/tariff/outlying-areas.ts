/** Parts of a country that take a ship or another aeroplane, by the beginnings of their postal codes. */
interface OutlyingAreas {
  postalCodes: RegExp;
  /** Added to the price whatever the weight. */
  surchargeCents: number;
  /** Added to the days of delivery. */
  furtherDays: number;
}

const byCountry: ReadonlyMap<string, OutlyingAreas> = new Map([
  // Jeju; Ulleung
  ["KR", { postalCodes: /^(63|402)/, surchargeCents: 300, furtherDays: 1 }],
  // Hawaii; Alaska
  ["US", { postalCodes: /^(96[78]|99[5-9])/, surchargeCents: 900, furtherDays: 3 }],
  // The Balearic and Canary Islands; Ceuta and Melilla
  ["ES", { postalCodes: /^(07|35|38|5[12])/, surchargeCents: 700, furtherDays: 3 }],
]);

/** The surcharge of a postal code; undefined where there is none, and for a postal code that is not known. */
export function findOutlyingArea(country: string, postalCode: string | undefined): OutlyingAreas | undefined {
  const areas = byCountry.get(country);
  return areas && postalCode !== undefined && areas.postalCodes.test(postalCode.trim()) ? areas : undefined;
}
