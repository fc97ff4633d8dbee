import type { Ad } from "../clients/ad-client.ts";
import { useView } from "../view.ts";

/** An advertisement; a click is counted, so it is a post. `undefined` when the ads did not answer. */
export function AdBanner({ ad }: { ad: Ad | undefined }) {
  const { t, locale } = useView();
  if (!ad)
    return (
      <p class="quiet ad-missing" data-testid="no-ad">
        {t.product.noAds}
      </p>
    );
  return (
    <aside class="ad" aria-label={t.product.ad} data-testid="ad">
      <img src={ad.image} alt="" width="400" height="400" loading="lazy" />
      <div class="ad-text">
        <p class="ad-mark">{t.product.ad}</p>
        <p>{ad.text[locale]}</p>
        <form method="post" action={`/ads/${ad.id}/clicks`}>
          <input type="hidden" name="product" value={ad.productSlug} />
          <button class="button button-quiet" type="submit">
            {t.product.adOpen}
          </button>
        </form>
      </div>
    </aside>
  );
}
