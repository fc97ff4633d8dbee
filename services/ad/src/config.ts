import { z } from "zod";

/** This service is configured by the common variables alone. */
export const config = z.object({});
