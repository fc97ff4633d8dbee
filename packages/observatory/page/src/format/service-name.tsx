import type { JSX } from "preact";
import { serviceColour } from "./service-colour.ts";

export const ServiceName = ({ service }: { service: string }): JSX.Element => (
  <span class={`service-name ${serviceColour(service)}`}>
    <span class="swatch" aria-hidden="true" />
    <span>{service}</span>
  </span>
);
