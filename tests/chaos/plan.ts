import { createRandom } from "@mall/loadgenerator";

/**
 * What can happen to a process: it is killed (-9) and restarted; it stands still and goes on; every message to it and
 * from it is late; it cannot be reached, and what was under way arrives once it can.
 */
export const damages = ["kill", "stop", "slow", "partition"] as const;
export type Damage = (typeof damages)[number];

export interface Blow {
  target: string;
  damage: Damage;
  /** Milliseconds until it is over; a kill is over at once. */
  lastsMs: number;
  /** Milliseconds of peace before it. */
  pauseMs: number;
}

/** Every damage to every target once, in an order that only the seed decides. */
export function drawPlan(seed: number, targets: readonly string[]): Blow[] {
  const random = createRandom(seed);
  const left = targets.flatMap((target) =>
    damages.map((damage) => ({
      target,
      damage,
      lastsMs: damage === "kill" ? 0 : random.between(1_500, 4_500),
      pauseMs: random.between(300, 1_500),
    })),
  );
  const drawn: Blow[] = [];
  while (left.length > 0) drawn.push(...left.splice(random.between(0, left.length - 1), 1));
  return drawn;
}

export const describeBlow = ({ target, damage, lastsMs }: Blow): string =>
  damage === "kill" ? `kill -9 ${target}` : `${damage} ${target} for ${inSeconds(lastsMs)}`;

/** Infinity, for what took longer than anybody waited, says so. */
export const inSeconds = (ms: number): string =>
  Number.isFinite(ms) ? `${(ms / 1_000).toFixed(1)} s` : "too long";
