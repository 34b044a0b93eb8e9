import type { Figure } from '#lib/schemas/figure.ts';

/** A table as the LaTeX file prints it: three rules, no grid, the best in bold. */
export function PrintedTable({ table }: { table: NonNullable<Figure['table']> }) {
  return (
    <table className="w-full border-y-2 border-black text-sm">
      <thead>
        <tr className="border-b border-black">
          {table.head.map((label, index) => (
            <th
              key={index}
              scope="col"
              className={`px-2 py-1 font-normal ${index === 0 || table.isText[index - 1] === true ? 'text-left' : 'text-right'}`}
            >
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(({ label, cells }, row) => (
          <tr key={row}>
            <th scope="row" className="px-2 py-0.5 text-left font-normal">
              {label}
            </th>
            {cells.map(({ text, isBest }, index) => (
              <td
                key={index}
                className={`px-2 py-0.5 ${table.isText[index] === true ? 'text-left' : 'text-right tabular-nums'} ${isBest ? 'font-bold' : ''}`}
              >
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
