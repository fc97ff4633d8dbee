const COLOURS = 12;

/** Colours as services have them; the next dozen is dashed, and what comes then is told apart by the table alone. */
export const lineClass = (at: number): string =>
  `service-colour-${at % COLOURS}${at < COLOURS ? "" : at < 2 * COLOURS ? " line-dashed" : " line-dotted"}`;
