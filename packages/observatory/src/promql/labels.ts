export const METRIC_NAME = "__name__";

const MOST_DERIVED = 16;

type Pair = readonly [name: string, value: string];

/** The identity of a series: names with values, sorted by name, none of them empty. Immutable. */
export class Labels {
  readonly pairs: readonly Pair[];
  #key: string | undefined;
  // Rules ask the same of the same labels every few seconds.
  #derived: Map<string, Labels> | undefined;

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
    return this.#derive(`-${names.join()}`, ([name]) => !names.includes(name));
  }

  only(names: readonly string[]): Labels {
    return this.#derive(`+${names.join()}`, ([name]) => names.includes(name));
  }

  withoutName(): Labels {
    return this.get(METRIC_NAME) === "" ? this : this.without([METRIC_NAME]);
  }

  #derive(rule: string, keeps: (pair: Pair) => boolean): Labels {
    const known = this.#derived?.get(rule);
    if (known) return known;
    const derived = new Labels(this.pairs.filter(keeps));
    this.#derived ??= new Map();
    if (this.#derived.size < MOST_DERIVED) this.#derived.set(rule, derived);
    return derived;
  }

  /** `name{label="value"}`, as it would be written in a query. */
  toString(): string {
    const labels = this.withoutName().pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    return `${this.get(METRIC_NAME)}{${labels.join(",")}}`;
  }
}

export const noLabels = Labels.of([]);
