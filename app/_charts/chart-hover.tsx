/** What stands under the pointer; the table twin holds the same for those without one. */
export function ChartHover({
  title,
  rows,
}: {
  title: string;
  rows: readonly (readonly [string, string])[];
}) {
  return (
    <div
      aria-hidden
      className="rounded-[5px] border border-hair bg-raised px-2.5 py-1.5 text-xs shadow-lg"
    >
      <p className="font-medium">{title}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3">
        {rows.map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-muted">{name}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
