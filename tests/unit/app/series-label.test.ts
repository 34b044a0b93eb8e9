import { expect, test } from 'vitest';
import { labelPlace } from '#app/_charts/series.client.tsx';

const curve = (...heights: number[]) => heights.map((y, at) => ({ at, y, band: null }));

test.each([
  ['a curve that ends at a high level', curve(0.2, 0.6, 0.9), 0.92, 'insideTopLeft'],
  ['a curve that begins at a high level', curve(0.9, 0.6, 0.2), 0.92, 'insideTopRight'],
  ['a curve that ends at a low level', curve(0.9, 0.5, 0.1), 0.12, 'insideBottomLeft'],
  ['a curve that begins at a low level', curve(0.1, 0.5, 0.9), 0.12, 'insideBottomRight'],
])('the name of the level is away from %s', (_what, points, level, place) => {
  expect(labelPlace(points, level, [0, 1])).toBe(place);
});

test('intervals are part of the curve', () => {
  const points = [
    { at: 1, y: 0.5, band: [0.1, 0.9] as [number, number] },
    { at: 2, y: 0.5, band: null },
    { at: 3, y: 0.6, band: null },
  ];
  expect(labelPlace(points, 0.9, [0, 1])).toBe('insideTopRight');
});
