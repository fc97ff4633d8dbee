export interface Currency {
  /** ISO 4217. */
  code: string;
  name: Readonly<Record<"ko" | "en" | "es", string>>;
  /** Units of this currency for one US dollar, as a decimal string. */
  rate: string;
}

/** The day on which all the rates were fixed: rates of different days must not be crossed. */
export const ratesDate = "2026-11-20";

/** What all rates are quoted against. */
export const base = "USD";

/** In the order in which the storefront offers them. */
export const currencies: readonly Currency[] = [
  { code: base, name: { ko: "미국 달러", en: "US dollar", es: "Dólar estadounidense" }, rate: "1" },
  { code: "EUR", name: { ko: "유로", en: "Euro", es: "Euro" }, rate: "0.9215" },
  { code: "KRW", name: { ko: "대한민국 원", en: "South Korean won", es: "Won surcoreano" }, rate: "1385.20" },
  { code: "JPY", name: { ko: "일본 엔", en: "Japanese yen", es: "Yen japonés" }, rate: "155.40" },
  { code: "GBP", name: { ko: "영국 파운드", en: "Pound sterling", es: "Libra esterlina" }, rate: "0.7893" },
  { code: "CNY", name: { ko: "중국 위안", en: "Chinese yuan", es: "Yuan chino" }, rate: "7.1045" },
  { code: "KWD", name: { ko: "쿠웨이트 디나르", en: "Kuwaiti dinar", es: "Dinar kuwaití" }, rate: "0.3070" },
  { code: "MXN", name: { ko: "멕시코 페소", en: "Mexican peso", es: "Peso mexicano" }, rate: "18.4250" },
];

const byCode = new Map(currencies.map((currency) => [currency.code, currency]));

/** Undefined for a currency that the mall does not sell in, even if ISO 4217 knows it. */
export const findCurrency = (code: string): Currency | undefined => byCode.get(code);
