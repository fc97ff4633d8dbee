import { en } from "./en.ts";
import { es } from "./es.ts";
import { ko } from "./ko.ts";
import type { Locale } from "./locale.ts";

/** English is the pattern: a message that another language lacks, or has too many, does not compile. */
export type Messages = typeof en;

const catalogues: Readonly<Record<Locale, Messages>> = { ko, en, es };

export const messagesOf = (locale: Locale): Messages => catalogues[locale];
