import type { Scenario } from "../scenario.ts";
import { badPush } from "./bad-push.ts";
import { goodPush } from "./good-push.ts";

/** In the order in which they run. */
export const scenarios: readonly Scenario[] = [goodPush, badPush];
