import { adsFor } from "../ad.ts";

export const toys = adsFor("toys", [
  {
    id: "all-aboard",
    productSlug: "wooden-train",
    text: {
      ko: "거실 횡단 열차가 곧 출발합니다.",
      en: "Now departing: the living-room express.",
      es: "Sale ya el expreso del salón.",
    },
  },
  {
    id: "your-move",
    productSlug: "chess-set",
    text: {
      ko: "이제 당신 차례입니다.",
      en: "Your move.",
      es: "Te toca mover.",
    },
  },
  {
    id: "throw-the-sticks",
    productSlug: "yutnori-set",
    text: {
      ko: "온 가족이 윷 하나에 웃습니다.",
      en: "Four sticks, one family, a lot of noise.",
      es: "Cuatro palos, una familia y mucho ruido.",
    },
  },
]);
