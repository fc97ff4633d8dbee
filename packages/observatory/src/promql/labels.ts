export const METRIC_NAME = "__name__";

type Pair = readonly [name: string, value: string];

/** The identity of a series: names with values, sorted by name, none of them empty. Immutable. */
export class Labels {
  static readonly none = new Labels([]);
  readonly pairs: readonly Pair[];
  #key: string | undefined;

  private constructor(pairs: readonly Pair[]) {
    this.pairs = pairs;
  }

  /** A later pair replaces an earlier one of the same name; an empty value means that the label is absent. */
  static of(pairs: Iterable<Pair>): Labels {
    const byName = new Map(pairs);
    const present = [...byName].filter(([, value]) => value !== "");
    return new Labels(present.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Equal for equal labels only. */
  get key(): string {
    return (this.#key ??= JSON.stringify(this.pairs));
  }

  /** The value, or "" as for every label that is absent. */
  get(name: string): string {
    for (const [each, value] of this.pairs) if (each === name) return value;
    return "";
  }

  with(...pairs: readonly Pair[]): Labels {
    return Labels.of([...this.pairs, ...pairs]);
  }

  without(names: readonly string[]): Labels {
    return new Labels(this.pairs.filter(([name]) => !names.includes(name)));
  }

  only(names: readonly string[]): Labels {
    return new Labels(this.pairs.filter(([name]) => names.includes(name)));
  }

  withoutName(): Labels {
    return this.pairs.some(([name]) => name === METRIC_NAME) ? this.without([METRIC_NAME]) : this;
  }

  /** `name{label="value"}`, as it would be written in a query. */
  toString(): string {
    const labels = this.withoutName().pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    return `${this.get(METRIC_NAME)}{${labels.join(",")}}`;
  }
}
