import type { Product } from "../../clients/product-client.ts";
import { useView } from "../../view.ts";

/**
 * Parts of the drawing, by SVG's own view fragments (SVG 2, "Linking to SVG content"): one file is loaded, and each
 * picture shows a piece of it. The drawings are 400 wide and high.
 */
const views = ["", "#svgView(viewBox(60,165,190,190))", "#svgView(viewBox(150,60,190,190))"];

/** Pictures side by side in a strip that is scrolled or swiped; the small ones below lead to them. */
export function Gallery({ product }: { product: Product }) {
  const { t, locale } = useView();
  const name = product.name[locale];
  const label = (at: number) => (at === 0 ? name : t.product.closeUp(name, at));
  return (
    <section class="gallery" aria-label={t.product.pictures}>
      <ul class="gallery-strip" tabIndex={0} aria-label={t.product.pictures}>
        {views.map((view, at) => (
          <li key={view} id={`picture-${at + 1}`}>
            <img
              class="product-picture"
              src={`${product.image}${view}`}
              alt={label(at)}
              width="400"
              height="400"
              {...(at === 0 && { fetchpriority: "high" })}
            />
          </li>
        ))}
      </ul>
      <ul class="gallery-thumbs">
        {views.map((view, at) => (
          <li key={view}>
            <a href={`#picture-${at + 1}`} aria-label={label(at)}>
              <img src={`${product.image}${view}`} alt="" width="400" height="400" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
