import { adsFor } from "../ad.ts";

export const home = adsFor("home", [
  {
    id: "light-where-you-read",
    productSlug: "desk-lamp",
    text: {
      ko: "책장 위에만 딱, 눈부심 없이.",
      en: "Light on the page and nowhere else.",
      es: "Luz en la página, y en ningún otro sitio.",
    },
  },
  {
    id: "summer-breeze",
    productSlug: "table-fan",
    text: {
      ko: "올여름 바람은 조용합니다.",
      en: "This summer's breeze is a quiet one.",
      es: "Este verano, la brisa viene en silencio.",
    },
  },
  {
    id: "hard-to-kill",
    productSlug: "snake-plant",
    text: {
      ko: "물 주는 걸 잊어도 괜찮은 식물.",
      en: "The plant that forgives a forgotten watering.",
      es: "La planta que perdona si olvidas regarla.",
    },
  },
]);
