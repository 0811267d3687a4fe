import { Icon } from "./icon.tsx";

/** A place to go, as one row of a list of `.rows`. */
export function RowTo({ href, name }: { href: string; name: string }) {
  return (
    <li>
      <a class="row-link" href={href}>
        <span class="row-name">{name}</span>
        <Icon name="forward" turns />
      </a>
    </li>
  );
}
