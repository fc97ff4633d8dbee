import { attributeText, type Attributes } from "../otlp/attributes.ts";
import type { Resource } from "../otlp/span.ts";
import type { StoredTrace } from "../store/stored-trace.ts";

/**
 * A Bloom filter over the attributes of one trace: says of almost every trace that it cannot have an attribute, without
 * a look at its spans. With ten bits for each entry and two hashes some three in a hundred are looked at in vain.
 */
type AttributeIndex = { readonly bits: Uint32Array; taken: number; entries: number };

const SMALLEST_WORDS = 64;
const BITS_PER_WORD = 32;
const BITS_PER_ENTRY = 10;
/** Longer values differ in their beginning, or are looked at. */
const HASHED_LENGTH = 64;

const indexes = new WeakMap<StoredTrace, AttributeIndex>();
/** Lists of keys are shared by most spans. */
const hashedKeys = new WeakMap<readonly string[], Uint32Array>();

/** Of a key alone, or of a key with a value's text. */
export const attributeHash = (key: string, value: string | null): number =>
  value === null ? hash(key) : hash(value, hash(key));

/** False only when no span of the trace and none of its processes has it. */
export function mayHaveAttribute(trace: StoredTrace, attribute: number): boolean {
  const { bits } = indexOf(trace);
  return hasBit(bits, attribute) && hasBit(bits, secondHash(attribute));
}

/** Kept up to date as the trace grows; made anew, twice as large, when it is full. */
export function indexOf(trace: StoredTrace): AttributeIndex {
  const { spans } = trace;
  let index = indexes.get(trace) ?? newIndex(SMALLEST_WORDS);
  let resource: Resource | undefined;
  while (index.taken < spans.length) {
    const span = spans[index.taken];
    index.taken += 1;
    if (span === undefined) continue;
    takeIn(index, span.attributes);
    if (span.resource !== resource) takeIn(index, span.resource.attributes);
    ({ resource } = span);
    if (index.entries * BITS_PER_ENTRY <= index.bits.length * BITS_PER_WORD) continue;
    index = newIndex(index.bits.length * 2);
    resource = undefined;
  }
  indexes.set(trace, index);
  return index;
}

const newIndex = (words: number): AttributeIndex => ({ bits: new Uint32Array(words), taken: 0, entries: 0 });

function takeIn(index: AttributeIndex, { keys, values }: Attributes): void {
  const hashes = hashesOf(keys);
  for (const [at, ofKey] of hashes.entries()) {
    add(index, ofKey);
    add(index, hash(attributeText(values[at] ?? null), ofKey));
  }
}

function add(index: AttributeIndex, attribute: number): void {
  const { bits } = index;
  const second = secondHash(attribute);
  if (hasBit(bits, attribute) && hasBit(bits, second)) return;
  setBit(bits, attribute);
  setBit(bits, second);
  index.entries += 1;
}

function hashesOf(keys: readonly string[]): Uint32Array {
  const known = hashedKeys.get(keys);
  if (known !== undefined) return known;
  const hashes = Uint32Array.from(keys, (key) => hash(key));
  hashedKeys.set(keys, hashes);
  return hashes;
}

/** The number of bits is a power of two. */
const hasBit = (bits: Uint32Array, place: number): boolean =>
  ((bits[(place >>> 5) & (bits.length - 1)] ?? 0) & (1 << (place & 31))) !== 0;

function setBit(bits: Uint32Array, place: number): void {
  const word = (place >>> 5) & (bits.length - 1);
  bits[word] = (bits[word] ?? 0) | (1 << (place & 31));
}

/** FNV-1a over UTF-16 units. */
function hash(text: string, seed = 0x811c9dc5): number {
  let value = seed;
  const length = Math.min(text.length, HASHED_LENGTH);
  for (let at = 0; at < length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** MurmurHash3's last mixing: FNV alone leaves the two too much alike. */
function secondHash(first: number): number {
  let value = first ^ 0x9e3779b9;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
