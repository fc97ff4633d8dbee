import { createContext } from "preact";
import { useCallback, useContext, useState } from "preact/hooks";
import type { FaultChange, Faults } from "../../../src/api-types.ts";
import { switchFault, toProblem, type ApiProblem } from "../live/api.ts";
import { useAnswer } from "../live/use-answer.ts";

/** Somebody else may edit the file: a fault that is on must show soon. */
const EVERY_MS = 2_000;

export type FaultSwitches = {
  readonly faults: Faults | null;
  readonly problem: ApiProblem | null;
  readonly change: (change: FaultChange) => Promise<void>;
};

/** Asked for once, for the bar that is always visible and for the view of all switches. */
export function useFaultSwitches(): FaultSwitches {
  const { body, problem: unread, reload } = useAnswer<Faults>("/api/faults", { everyMs: EVERY_MS });
  const [unswitched, setUnswitched] = useState<ApiProblem | null>(null);
  const [wanted, setWanted] = useState<FaultChange | null>(null);
  const change = useCallback(
    async (next: FaultChange): Promise<void> => {
      setUnswitched(null);
      setWanted(next);
      try {
        await switchFault(next);
      } catch (cause) {
        setUnswitched(toProblem(cause));
        setWanted(null);
      }
      reload();
    },
    [reload],
  );
  // Until the file says so: an answer that was already under way must not turn the switch back for a moment.
  const arrived = body?.flags.some(
    (flag) => flag.key === wanted?.flag && flag.enabled && flag.current === wanted.variant,
  );
  if (wanted !== null && arrived === true) setWanted(null);
  return { faults: withChange(body, wanted), problem: unswitched ?? unread, change };
}

function withChange(faults: Faults | null, wanted: FaultChange | null): Faults | null {
  if (faults === null || wanted === null) return faults;
  const { flag: key, variant } = wanted;
  const flags = faults.flags.map((flag) =>
    flag.key === key ? { ...flag, enabled: true, current: variant, on: variant !== flag.off } : flag,
  );
  return { ...faults, flags };
}

export const FaultContext = createContext<FaultSwitches>({
  faults: null,
  problem: null,
  change: () => Promise.resolve(),
});

export const useFaults = (): FaultSwitches => useContext(FaultContext);
