import type { Labels } from "../../src/promql/labels.ts";

export type WrittenSample = {
  readonly timeMs: number;
  /** Undefined for a staleness marker. */
  readonly value: number | undefined;
};

export type WrittenSeries = { readonly labels: Labels; readonly samples: readonly WrittenSample[] };

// Prometheus's staleness marker is one NaN among many, which no JavaScript number can be trusted to carry.
const STALE_NAN = 0x7ff0_0000_0000_0002n;

/** A Prometheus remote write request (protobuf, version 0.1.0) in Snappy's block format, not really compressed. */
export function encodeRemoteWrite(series: readonly WrittenSeries[]): Uint8Array<ArrayBuffer> {
  const message = Buffer.concat(series.map((each) => field(1, encodeSeries(each))));
  return asSnappy(message);
}

const encodeSeries = ({ labels, samples }: WrittenSeries): Buffer =>
  Buffer.concat([
    ...labels.pairs.map(([name, value]) =>
      field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))])),
    ),
    ...samples.map((sample) => field(2, encodeSample(sample))),
  ]);

function encodeSample({ timeMs, value }: WrittenSample): Buffer {
  const double = Buffer.alloc(8);
  if (value === undefined) double.writeBigUInt64LE(STALE_NAN);
  else double.writeDoubleLE(value);
  return Buffer.concat([Buffer.from([0x09]), double, Buffer.from([0x10]), varint(timeMs)]);
}

const field = (number: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([(number << 3) | 2]), varint(content.length), content]);

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

const LITERAL_BYTES = 60_000;

function asSnappy(content: Buffer): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [varint(content.length)];
  for (let at = 0; at < content.length; at += LITERAL_BYTES) {
    const literal = content.subarray(at, at + LITERAL_BYTES);
    const header = Buffer.alloc(3);
    header.writeUInt8(61 << 2, 0);
    header.writeUInt16LE(literal.length - 1, 1);
    parts.push(header, literal);
  }
  return new Uint8Array(Buffer.concat(parts));
}
