import { adsFor } from "../ad.ts";

export const bags = adsFor("bags", [
  {
    id: "rain-or-shine",
    productSlug: "roll-top-backpack",
    text: {
      ko: "비 오는 출근길도 문제없습니다.",
      en: "Rain on the way to work? Let it.",
      es: "¿Lluvia camino del trabajo? Que llueva.",
    },
  },
  {
    id: "straight-to-the-gate",
    productSlug: "cabin-suitcase",
    text: {
      ko: "짐 찾을 필요 없이 바로 출구로.",
      en: "Past the baggage belt, straight to the door.",
      es: "Sin esperar la cinta: directo a la salida.",
    },
  },
  {
    id: "market-day",
    productSlug: "canvas-tote",
    text: {
      ko: "장 보는 날엔 이 가방 하나면 됩니다.",
      en: "Market day needs one bag. This one.",
      es: "Para el mercado basta una bolsa. Esta.",
    },
  },
]);
