import { adsFor } from "../ad.ts";

export const accessories = adsFor("accessories", [
  {
    id: "first-frost",
    productSlug: "wool-scarf",
    text: {
      ko: "첫서리 내리기 전에 두르세요.",
      en: "Ready for the first frost.",
      es: "Lista para la primera helada.",
    },
  },
  {
    id: "no-battery",
    productSlug: "automatic-watch",
    text: {
      ko: "건전지 없이, 손목의 움직임만으로 갑니다.",
      en: "No battery. Your wrist is enough.",
      es: "Sin pila: le basta tu muñeca.",
    },
  },
  {
    id: "let-it-pour",
    productSlug: "walking-umbrella",
    text: {
      ko: "장마에도 느긋하게 걷는 법.",
      en: "Let it pour. Take your time.",
      es: "Que llueva: tú, a tu paso.",
    },
  },
]);
