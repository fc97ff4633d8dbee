import { seededRandom } from "./random.ts";

const counters = [
  "mall_checkouts_total",
  "mall_orders_total",
  "http_server_request_duration_seconds_count",
  "http_client_request_duration_seconds_count",
];
const gauges = ["up", "nodejs_eventloop_lag_p99_seconds", "mall_average_order_value_minor_units"];
const matchers = [
  'service="cart"',
  'service=~"cart|info"',
  'service!="info"',
  'service!~"f.*"',
  'instance=~".+:8000"',
  'http_response_status_code=~"5.."',
  'outcome=""',
  'missing=""',
];
const labels = ["service", "instance", "outcome", "state", "http_route", "http_response_status_code"];

/** Queries of the subset, at random but the same in every run. Some of them Prometheus must refuse. */
export function randomQueries(count: number, seed: number): readonly string[] {
  const random = seededRandom(seed);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? "";
  const some = (from: readonly string[], share = 0.4): string =>
    from.filter(() => random() < share).join(", ");

  const selector = (names: readonly string[]): string => `${pick(names)}{${some(matchers, 0.07)}}`;
  const offset = (): string => (random() < 0.2 ? pick([" offset 1m", " offset 7m", " offset -30s"]) : "");

  function vector(depth: number): string {
    if (depth <= 0) return random() < 0.5 ? selector(gauges) + offset() : ranged();
    switch (Math.floor(random() * 8)) {
      case 0:
        return aggregation(depth);
      case 1:
        return `${vector(depth - 1)} ${pick(["+", "-", "*", "/", "%", "^"])} ${pick(["2", "0.5", "-3", "0"])}`;
      case 2:
        return `(${vector(depth - 1)} ${comparison()} ${pick(["0", "1", "0.01", "500", "NaN"])})`;
      case 3:
        return `(${aggregation(depth)} ${pick(["+", "/", "*", ">", "!= bool", "<= bool"])} ${matching()}${aggregation(depth)})`;
      case 4:
        return `(${vector(depth - 1)} ${pick(["and", "or", "unless"])} ${matching()}${vector(depth - 1)})`;
      case 5:
        return `${pick(["abs", "ceil", "floor", "round", "-", "absent", "sqrt"])}(${vector(depth - 1)})`;
      case 6:
        return `${pick(["clamp_min", "clamp_max"])}(${vector(depth - 1)}, ${pick(["1", "-1", "NaN"])})`;
      default:
        return ranged();
    }
  }

  function ranged(): string {
    const name = pick(["rate", "increase", "irate", "delta", "changes", "resets", "max_over_time"]);
    return `${name}(${selector(counters)}[${pick(["20s", "1m", "5m", "30m", "2h"])}]${offset()})`;
  }

  const comparison = (): string => pick([">", "<", ">=", "<=", "==", "!="]) + (random() < 0.4 ? " bool" : "");
  const matching = (): string => (random() < 0.5 ? "" : `${pick(["on", "ignoring"])} (${some(labels)}) `);

  function aggregation(depth: number): string {
    const clause = random() < 0.8 ? ` ${pick(["by", "without"])} (${some(labels)})` : "";
    return `${pick(["sum", "avg", "min", "max", "count"])}${clause} (${vector(depth - 1)})`;
  }

  return Array.from({ length: count }, () => vector(3));
}
