import { z } from "zod";

/** Nothing of its own: rates are part of the release. */
export const config = z.object({});
