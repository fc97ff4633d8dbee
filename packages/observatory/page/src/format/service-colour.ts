const COLOURS = 12;
const MOST_REMEMBERED = 100;
const STORED = "observatory.service-colours";
const taken = new Map<string, number>(remembered());

/**
 * The class that carries a service's colour: from its name, moving on to the next free one when two names meet, and
 * remembered, so that it is the same in every view and tomorrow. Colour is never the only sign: names stand beside it.
 */
export function serviceColour(service: string): string {
  let colour = taken.get(service);
  if (colour === undefined) {
    const used = new Set(taken.values());
    colour = hash(service) % COLOURS;
    for (let tries = 0; used.has(colour) && tries < COLOURS; tries += 1) colour = (colour + 1) % COLOURS;
    taken.set(service, colour);
    if (taken.size <= MOST_REMEMBERED) localStorage.setItem(STORED, JSON.stringify([...taken]));
  }
  return `service-colour-${colour}`;
}

/** Whatever stands in the browser's storage may have been written by another version. */
function remembered(): [string, number][] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isAssignment) : [];
  } catch {
    return [];
  }
}

const isAssignment = (entry: unknown): entry is [string, number] =>
  Array.isArray(entry) &&
  typeof entry[0] === "string" &&
  typeof entry[1] === "number" &&
  entry[1] >= 0 &&
  entry[1] < COLOURS;

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}
