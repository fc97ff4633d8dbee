import type { Phrases } from "./phrases.ts";

export const ko: Phrases = {
  greeting: (name) => `${name} 님, 안녕하세요.`,
  order: (id) => `주문 번호 ${id}`,
  confirmed: {
    subject: (shortId) => `주문 ${shortId}이(가) 확정되었습니다`,
    opening: "주문해 주셔서 감사합니다. 주문이 확정되어 곧 배송됩니다.",
    tracking: (code) => `운송장 번호 ${code}(으)로 배송 상황을 확인하실 수 있습니다.`,
  },
  cancelled: {
    subject: (shortId) => `주문 ${shortId}이(가) 취소되었습니다`,
    opening: "죄송합니다. 주문을 완료하지 못해 취소되었습니다.",
    reasons: {
      "sold-out": "사유: 재고를 확보하기 전에 상품이 품절되었습니다.",
      "price-changed": "사유: 주문하시는 동안 가격이 변경되었습니다.",
      "card-declined": "사유: 카드 결제가 거절되었습니다.",
      "insufficient-funds": "사유: 카드 잔액이 부족합니다.",
    },
    otherReason: "사유: 저희 쪽에 기술적인 문제가 있었습니다.",
    noCharge: "청구되는 금액은 없습니다. 이미 결제된 금액이 있다면 환불되었습니다.",
  },
  subtotal: "상품 금액",
  shipping: "배송비",
  total: "총 결제 금액",
  closing: "쇼핑몰 드림",
};
