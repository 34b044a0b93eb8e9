import { describe, expect, test } from 'vitest';
import { seriesLook } from '#lib/figures/looks.ts';
import { GREY, PALETTES } from '#lib/figures/palettes.ts';
import { colourDistance, simulate, type Deficiency } from './colour-vision.ts';

const SEEN: readonly Deficiency[] = ['none', 'protanopia', 'deuteranopia'];

describe.each(PALETTES)('$id', (palette) => {
  test.each(SEEN)('colours stay 10 apart for %s', (deficiency) => {
    const colours = palette.colours.map((hex) => simulate(hex, deficiency));
    colours.forEach((colour, index) => {
      for (const [place, other] of colours.entries()) {
        if (place <= index) continue;
        const pair = `${palette.colours[index] ?? ''} and ${palette.colours[place] ?? ''}`;
        expect(colourDistance(colour, other), pair).toBeGreaterThanOrEqual(10);
      }
    });
  });

  test('40 series differ without their colour as well: in shape, filling or dash', () => {
    const looks = Array.from({ length: 40 }, (_, index) => seriesLook(index, palette));
    const grey = looks.map(({ shape, dash, isHollow }) => JSON.stringify([shape, dash, isHollow]));
    expect(new Set(grey).size).toBe(40);
    expect(
      looks.slice(palette.colours.length).every(({ colour }) => !palette.colours.includes(colour)),
    ).toBe(true);
    expect(looks.some(({ colour }) => colour === GREY)).toBe(true);
  });
});
