import type { FigureDrawing as Drawing } from '#lib/schemas/figure.ts';
import { textTransform } from '#lib/figures/backends/outlines.ts';

type Shape = Exclude<Drawing['shapes'][number], { kind: 'clip' }>;

/** A figure as the files hold it, in the page: the same geometry, drawn by React. `name` keeps two drawings of a page apart. */
export function FigureDrawing({
  drawing,
  name,
  label,
}: {
  drawing: Drawing;
  name: string;
  label: string;
}) {
  const { width, height, outlines, shapes } = drawing;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      className="h-auto max-h-[46dvh] w-full"
    >
      <defs>
        {Object.entries(outlines).map(([id, d]) => (
          <path key={id} id={`${name}-${id}`} d={d} />
        ))}
        {shapes.map((shape, index) =>
          shape.kind === 'clip' ? (
            <clipPath key={index} id={`${name}-clip-${index}`}>
              <rect
                x={shape.box.left}
                y={shape.box.top}
                width={shape.box.right - shape.box.left}
                height={shape.box.bottom - shape.box.top}
              />
            </clipPath>
          ) : null,
        )}
      </defs>
      {shapes.map((shape, index) =>
        shape.kind === 'clip' ? (
          <g key={index} clipPath={`url(#${name}-clip-${index})`}>
            {shape.shapes.map((inner, place) => (
              <DrawnShape key={place} shape={inner} name={name} />
            ))}
          </g>
        ) : (
          <DrawnShape key={index} shape={shape} name={name} />
        ),
      )}
    </svg>
  );
}

function DrawnShape({ shape, name }: { shape: Shape; name: string }) {
  if (shape.kind === 'path') {
    const stroke =
      shape.stroke === null
        ? {}
        : {
            stroke: shape.stroke,
            strokeWidth: shape.width,
            ...(shape.dash.length > 0 && { strokeDasharray: shape.dash.join(' ') }),
          };
    return (
      <path
        d={shape.d}
        fill={shape.fill ?? 'none'}
        opacity={shape.opacity}
        {...stroke}
        {...dataOf(shape.datum)}
      />
    );
  }
  return (
    <g fill={shape.fill} transform={textTransform(shape)} aria-hidden>
      {shape.glyphs.map(({ outline, x, y }, index) => (
        <use key={index} href={`#${name}-${outline}`} x={x} y={y} />
      ))}
    </g>
  );
}

/** The numbers of a mark, as in the file. */
function dataOf(datum: Record<string, string | number> | null): Record<string, string | number> {
  const entries = Object.entries(datum ?? {});
  return Object.fromEntries(
    entries.map(([key, value]) => [`data-${key.replaceAll('_', '-')}`, value]),
  );
}
