import { adsFor } from "../ad.ts";

export const stationery = adsFor("stationery", [
  {
    id: "write-it-down",
    productSlug: "fountain-pen",
    text: {
      ko: "손으로 쓴 말은 오래 남습니다.",
      en: "What you write by hand stays.",
      es: "Lo que escribes a mano se queda.",
    },
  },
  {
    id: "pocket-palette",
    productSlug: "watercolour-set",
    text: {
      ko: "주머니 속 열두 가지 색.",
      en: "Twelve colours, one pocket.",
      es: "Doce colores en un bolsillo.",
    },
  },
  {
    id: "send-a-letter",
    productSlug: "hanji-letter-set",
    text: {
      ko: "이번 안부는 편지로 전해 보세요.",
      en: "Send this one by post.",
      es: "Esta vez, envíalo por carta.",
    },
  },
]);
