import { adsFor } from "../ad.ts";

export const audio = adsFor("audio", [
  {
    id: "just-the-music",
    productSlug: "over-ear-headphones",
    text: {
      ko: "소음은 끄고 음악만 남기세요.",
      en: "Turn the world down. Leave the music.",
      es: "Baja el ruido. Deja la música.",
    },
  },
  {
    id: "side-a",
    productSlug: "record-player",
    text: {
      ko: "A면부터 천천히 들어 보세요.",
      en: "Start with side A.",
      es: "Empieza por la cara A.",
    },
  },
  {
    id: "voices-in-the-kitchen",
    productSlug: "pocket-radio",
    text: {
      ko: "부엌에 라디오 한 대면 하루가 가볍습니다.",
      en: "A voice for the kitchen, all day long.",
      es: "Una voz en la cocina, todo el día.",
    },
  },
]);
