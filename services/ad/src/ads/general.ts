import { adsFor, generalContext } from "../ad.ts";

export const general = adsFor(generalContext, [
  {
    id: "evening-light",
    productSlug: "soy-candle",
    text: {
      ko: "하루의 끝에 촛불 하나.",
      en: "End the day by candlelight.",
      es: "Termina el día a la luz de una vela.",
    },
  },
  {
    id: "better-with-age",
    productSlug: "leather-satchel",
    text: {
      ko: "해가 갈수록 멋이 드는 가방.",
      en: "Better every year you carry it.",
      es: "Mejora con cada año que la llevas.",
    },
  },
  {
    id: "somebody-to-hug",
    productSlug: "teddy-bear",
    text: {
      ko: "누군가에게 포근함을 선물하세요.",
      en: "Give somebody something to hug.",
      es: "Regala un abrazo.",
    },
  },
  {
    id: "sharp-start",
    productSlug: "chef-knife",
    text: {
      ko: "좋은 칼 한 자루면 요리가 쉬워집니다.",
      en: "One good knife makes a cook.",
      es: "Un buen cuchillo hace al cocinero.",
    },
  },
]);
