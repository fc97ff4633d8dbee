const MB = 1024 * 1024;

/** What one request or one span may cost. Everything above is refused or cut, and counted. */
export const limits = {
  /** Bytes of a request body as it travels. */
  bodyBytes: 4 * MB,
  /** Bytes after gzip: inflating stops here, so that a bomb is never unpacked. */
  inflatedBytes: 16 * MB,
  attributesPerSpan: 64,
  eventsPerSpan: 64,
  linksPerSpan: 64,
  /** Characters. The SDKs' own default for values is unlimited. */
  keyLength: 256,
  valueLength: 2048,
  nameLength: 512,
  serviceNameLength: 128,
  /** Elements of one array or map value, and how deep such values may nest. */
  itemsPerValue: 64,
  valueDepth: 4,
} as const;
