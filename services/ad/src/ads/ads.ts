import { type Ad, generalContext } from "../ad.ts";
import { accessories } from "./accessories.ts";
import { audio } from "./audio.ts";
import { bags } from "./bags.ts";
import { general } from "./general.ts";
import { home } from "./home.ts";
import { kitchen } from "./kitchen.ts";
import { outdoor } from "./outdoor.ts";
import { stationery } from "./stationery.ts";
import { toys } from "./toys.ts";

const all: readonly Ad[] = [
  ...general,
  ...kitchen,
  ...home,
  ...stationery,
  ...audio,
  ...bags,
  ...accessories,
  ...outdoor,
  ...toys,
];

export const adsById: ReadonlyMap<string, Ad> = new Map(all.map((ad) => [ad.id, ad]));

const byContext: ReadonlyMap<string, Ad[]> = Map.groupBy(all, ({ context }) => context);

/** The context itself if there are ads for it, the general one for any other. */
export const contextOf = (asked: string | undefined): string =>
  asked !== undefined && byContext.has(asked) ? asked : generalContext;

export const adsIn = (context: string): readonly Ad[] => byContext.get(context) ?? general;
