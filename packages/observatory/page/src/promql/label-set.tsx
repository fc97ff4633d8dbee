import type { JSX } from "preact";
import type { LabelPairs } from "../../../src/api-types.ts";
import { seriesText } from "./series-text.ts";

export const LabelSet = ({ labels }: { labels: LabelPairs }): JSX.Element => (
  <code class="label-set">{seriesText(labels)}</code>
);
