/** What happens to the mall's processes, in the order in which it happens. `name` is a service or "postgres". */
export type MallEvent =
  | { type: "starting"; name: string }
  | { type: "ready"; name: string; afterMs: number }
  | { type: "died"; name: string; reason: string; lastLines: string[]; restartInMs: number | undefined }
  | { type: "stopped"; name: string };

export type MallListener = (event: MallEvent) => void;
