import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { getJson, toProblem, type ApiProblem } from "./api.ts";

export type Answer<Body> = {
  /** The last one for this address, also while a newer one is under way. */
  readonly body: Body | null;
  readonly problem: ApiProblem | null;
  readonly reload: () => void;
};

type State<Body> = Omit<Answer<Body>, "reload"> & { readonly of: string | null };

/** GETs an address of the API; null asks for nothing. With `everyMs` again and again, one request at a time. */
export function useAnswer<Body>(
  address: string | null,
  { everyMs }: { everyMs?: number } = {},
): Answer<Body> {
  const [state, setState] = useState<State<Body>>({ body: null, of: null, problem: null });
  const [turn, setTurn] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    if (address === null) return undefined;
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const body = await getJson<Body>(address, abort.signal);
        setState({ body, of: address, problem: null });
      } catch (cause) {
        if (abort.signal.aborted) return;
        setState((before) => ({
          body: before.of === address ? before.body : null,
          of: address,
          problem: toProblem(cause),
        }));
      }
      if (everyMs !== undefined && !abort.signal.aborted)
        timer.current = setTimeout(() => void ask(), everyMs);
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer.current);
    };
  }, [address, everyMs, turn]);

  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const { body, problem } = state.of === address ? state : { body: null, problem: null };
  return { body, problem, reload };
}
