import type { JSX } from "preact";
import { useLive, type Connection } from "./live-feed.ts";

const WORDS: Record<Connection, string> = {
  connecting: "Connecting…",
  live: "Live",
  quiet: "No news for 5 s",
  reconnecting: "Connection lost, trying again…",
};

export function ConnectionState(): JSX.Element {
  const { connection } = useLive();
  return (
    <p class={`connection connection-${connection}`} role="status">
      <span class="connection-dot" aria-hidden="true" />
      {WORDS[connection]}
    </p>
  );
}
