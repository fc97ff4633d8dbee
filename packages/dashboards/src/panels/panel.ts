import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import type {
  DashboardLink,
  Panel,
  Threshold,
  ThresholdsConfig,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { ThresholdsConfigBuilder, ThresholdsMode } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Query } from "../query.ts";

/** What every panel says of itself. */
export interface PanelOptions {
  readonly title: string;
  /** What it shows, and what to conclude from it. */
  readonly description: string;
  /** One of Grafana's units, or `suffix:…`. */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Columns of 24. */
  readonly width: number;
  readonly thresholds?: readonly Threshold[];
  readonly links?: readonly Builder<DashboardLink>[];
}

export type PanelBuilder = Builder<Panel>;

export const thresholds = (steps: readonly Threshold[]): Builder<ThresholdsConfig> =>
  new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([...steps]);

/** Colours, each from a value on; the first from minus infinity, which is `null`. */
export const from = (colours: Readonly<Record<string, number | null>>): readonly Threshold[] =>
  Object.entries(colours).map(([color, value]) => ({ color, value }));

/** Good below the first bound, bad from the second one on. */
export const below = (good: number, bad: number): readonly Threshold[] =>
  from({ green: null, orange: good, red: bad });

export const neutral: readonly Threshold[] = from({ text: null });
