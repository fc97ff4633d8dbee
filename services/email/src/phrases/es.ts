import type { Phrases } from "./phrases.ts";

export const es: Phrases = {
  greeting: (name) => `Hola, ${name}:`,
  order: (id) => `Pedido ${id}`,
  confirmed: {
    subject: (shortId) => `Tu pedido ${shortId} está confirmado`,
    opening: "Gracias por tu pedido. Está confirmado y va en camino.",
    tracking: (code) => `Puedes seguir tu paquete con el código de seguimiento ${code}.`,
  },
  cancelled: {
    subject: (shortId) => `Tu pedido ${shortId} se ha cancelado`,
    opening: "Lo sentimos: tu pedido no se ha podido completar y se ha cancelado.",
    reasons: {
      "sold-out": "Motivo: un producto se agotó antes de que pudiéramos reservarlo para ti.",
      "price-changed": "Motivo: un precio cambió mientras hacías el pedido.",
      "card-declined": "Motivo: tu tarjeta fue rechazada.",
      "insufficient-funds": "Motivo: tu tarjeta no tiene fondos suficientes.",
    },
    otherReason: "Motivo: un problema técnico por nuestra parte.",
    noCharge: "No pagas nada. Si se hubiera cobrado algún importe, se ha devuelto.",
  },
  subtotal: "Subtotal",
  shipping: "Envío",
  total: "Total",
  closing: "Tu centro comercial",
};
