import { adsFor } from "../ad.ts";

export const outdoor = adsFor("outdoor", [
  {
    id: "two-and-the-stars",
    productSlug: "two-person-tent",
    text: {
      ko: "둘이서, 별 아래에서.",
      en: "Two people, one sky.",
      es: "Dos personas y un cielo.",
    },
  },
  {
    id: "camp-light",
    productSlug: "camp-lantern",
    text: {
      ko: "모닥불이 꺼진 뒤에도 이야기는 계속됩니다.",
      en: "For the stories after the fire is out.",
      es: "Para las historias que siguen al fuego.",
    },
  },
  {
    id: "hot-at-the-summit",
    productSlug: "vacuum-flask",
    text: {
      ko: "정상에서 마시는 뜨거운 한 모금.",
      en: "Still hot at the summit.",
      es: "En la cumbre, todavía caliente.",
    },
  },
]);
