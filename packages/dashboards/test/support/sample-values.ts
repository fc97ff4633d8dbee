/**
 * What Grafana would put in for its variables: `$__rate_interval` as for a scrape every 30 s, one environment, one
 * service, and everything else as "All" is.
 */
const values: Readonly<Record<string, string>> = {
  __rate_interval: "2m",
  namespace: "mall-prod",
  service: "cart",
  hash: ".*",
  testrun: ".*",
};

export const sampleNames: readonly string[] = Object.keys(values);

/** @throws {Error} for a variable without a sample value, which no test would know what to do with */
export const withSampleValues = (expression: string): string =>
  expression.replaceAll(/\$\{?(\w+)\}?/g, (_written, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`$${name} has no sample value: give it one in sample-values.ts`);
    return value;
  });
