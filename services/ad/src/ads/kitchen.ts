import { adsFor } from "../ad.ts";

export const kitchen = adsFor("kitchen", [
  {
    id: "slow-morning",
    productSlug: "moka-pot",
    text: {
      ko: "서두르지 않는 아침, 가스불 위에서 시작됩니다.",
      en: "A slow morning starts on the stove.",
      es: "Una mañana sin prisas empieza en el fuego.",
    },
  },
  {
    id: "pan-for-life",
    productSlug: "cast-iron-skillet",
    text: {
      ko: "오늘 산 팬을 손주가 물려받습니다.",
      en: "Buy it once. Your grandchildren will thank you.",
      es: "Una sartén para toda la vida, y la siguiente.",
    },
  },
  {
    id: "sunday-paella",
    productSlug: "paella-pan",
    text: {
      ko: "일요일엔 여덟 명이 둘러앉습니다.",
      en: "Sunday lunch for eight, from one pan.",
      es: "El domingo, arroz para ocho.",
    },
  },
]);
