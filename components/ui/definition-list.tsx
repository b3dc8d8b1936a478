import { Fragment, type ReactNode } from "react";

/** Names and values in two columns; one below the other where it is narrow. */
export function DefinitionList({ items }: { items: { term: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className="grid gap-x-6 text-sm sm:grid-cols-[minmax(8rem,max-content)_1fr] sm:gap-y-1.5">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list, never reordered
        <Fragment key={index}>
          <dt className="text-muted">{item.term}</dt>
          <dd className="min-w-0 break-words text-ink max-sm:mb-2">{item.value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
