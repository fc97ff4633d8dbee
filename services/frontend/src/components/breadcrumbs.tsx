import { useView } from "../view.ts";

interface BreadcrumbsProps {
  /** Between the home page and this one. */
  above?: readonly { href: string; text: string }[];
  here: string;
}

/** Where the page stands in the shop. */
export function Breadcrumbs({ above = [], here }: BreadcrumbsProps) {
  const { t } = useView();
  return (
    <nav class="breadcrumbs" aria-label={t.shop.youAreHere}>
      <ol>
        {[{ href: "/", text: t.shop.home }, ...above].map(({ href, text }) => (
          <li key={href}>
            <a href={href}>{text}</a>
          </li>
        ))}
        <li aria-current="page">{here}</li>
      </ol>
    </nav>
  );
}
