import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { Unknown } from '#app/_ui/figure-cell.tsx';
import type { TwinColumn } from './chart.ts';

interface TableTwinProps<Point> {
  caption: string;
  columns: readonly TwinColumn<Point>[];
  points: readonly Point[];
  keyOf: (point: Point) => string;
}

/** The numbers of a chart as a table: for screen readers, and for everyone who wants to read them. */
export function TableTwin<Point>({ caption, columns, points, keyOf }: TableTwinProps<Point>) {
  return (
    <Table>
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <HeaderCell key={column.header} isNumber={column.isNumber}>
              {column.header}
            </HeaderCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <Row key={keyOf(point)}>
            {columns.map((column) => (
              <Cell key={column.header} isNumber={column.isNumber}>
                {column.value(point) ?? <Unknown />}
              </Cell>
            ))}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
