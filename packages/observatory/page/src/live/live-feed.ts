import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Snapshot } from "../../../src/api-types.ts";

/** `quiet`: the connection stands, but the snapshot that is due every second is late. */
export type Connection = "connecting" | "live" | "quiet" | "reconnecting";

export type Live = { readonly connection: Connection; readonly snapshot: Snapshot | null };

export type Feed = { readonly now: () => Live; readonly subscribe: (listener: () => void) => () => void };

const LATE_AFTER_MS = 5_000;
/** The browser reconnects by itself after a lost connection, but not after a refusal (503: too many viewers). */
const RETRY_AFTER_REFUSAL_MS = 3_000;

/** Follows the stream for as long as the page is open. Every snapshot is complete: nothing is merged. */
export function connectLive(): Feed {
  const listeners = new Set<() => void>();
  let live: Live = { connection: "connecting", snapshot: null };
  let late: ReturnType<typeof setTimeout> | undefined;

  function change(next: Partial<Live>): void {
    live = { ...live, ...next };
    for (const listener of listeners) listener();
  }

  function open(): void {
    const source = new EventSource("/api/stream");
    source.addEventListener("snapshot", ({ data }: MessageEvent<string>) => {
      clearTimeout(late);
      late = setTimeout(() => change({ connection: "quiet" }), LATE_AFTER_MS);
      change({ connection: "live", snapshot: JSON.parse(data) as Snapshot });
    });
    source.addEventListener("error", () => {
      clearTimeout(late);
      change({ connection: "reconnecting" });
      if (source.readyState === EventSource.CLOSED) setTimeout(open, RETRY_AFTER_REFUSAL_MS);
    });
  }

  open();
  return {
    now: () => live,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const LiveFeed = createContext<Feed>({
  now: () => ({ connection: "connecting", snapshot: null }),
  subscribe: () => () => undefined,
});

export function useLive(): Live {
  const feed = useContext(LiveFeed);
  const [live, setLive] = useState(feed.now);
  useEffect(() => {
    setLive(feed.now());
    return feed.subscribe(() => setLive(feed.now()));
  }, [feed]);
  return live;
}
