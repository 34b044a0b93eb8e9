import type { Box } from '../box.ts';
import type { LabelOffset, TextShape } from '../drawing.ts';
import { INK } from '../palettes.ts';
import { wrapText } from '../text/wrap.ts';
import { xAt, yAt } from './frame.ts';
import { choosePlaces, type Candidate, type Obstacles } from './label-places.ts';
import type { LayerOf, MarkFrame } from './marks.ts';

/** Texts of a panel with the room that was found for them. */
export interface PlacedTexts {
  texts: TextShape[];
  /** Texts without a place. */
  unplaced: string[];
  offsets: Omit<LabelOffset, 'panel'>[];
}

/** What a text of the reader may take of the width of a panel. */
const SHARE = 0.45;
const MAX_LINES = 4;
const LINE_HEIGHT = 1.12;
/** Of a font, in ems: what `FontSet.box` takes a line to cover, and how much of it lies above the baseline. */
const COVER = 0.96;
const ASCENT = 0.74;

interface ReaderText {
  lines: string[];
  width: number;
  height: number;
  candidates: Candidate[];
  /** From the place of the chosen box to what a picture of LaTeX needs. */
  offsetOf: (box: Box) => Omit<LabelOffset, 'panel' | 'lines'>;
}

/** Texts of the reader and the names of reference lines, in as many lines as they need, away from marks and one another. */
export function readerTexts(frame: MarkFrame, obstacles: Obstacles): PlacedTexts {
  const { panel, pen, sizes, area } = frame;
  const size = sizes.note;
  const style = pen.style(size);
  const wishes = panel.layers.flatMap((layer, index): ReaderText[] => {
    const text = layer.mark === 'text' ? layer.text : layer.mark === 'rule' ? layer.label : null;
    if (text === null || text === '') return [];
    const room = (area.right - area.left) * SHARE;
    const lines = wrapText(pen.fonts, text, style, { room, maxLines: MAX_LINES });
    const width = Math.max(...lines.map((line) => pen.fonts.width(line, style)));
    const height = size * (COVER + (lines.length - 1) * LINE_HEIGHT);
    const block = { lines, width, height };
    if (layer.mark === 'text') return [{ ...block, ...besidePlace(layer, index, block, frame) }];
    if (layer.mark === 'rule') return [{ ...block, ...besideRule(layer, index, block, frame) }];
    return [];
  });
  const places = choosePlaces(
    wishes.map(({ candidates }) => candidates),
    obstacles,
    area,
  );
  const placed: PlacedTexts = { texts: [], unplaced: [], offsets: [] };
  wishes.forEach(({ lines, offsetOf }, index) => {
    const box = places[index];
    if (box == null) {
      placed.unplaced.push(lines.join(' '));
      return;
    }
    placed.offsets.push({ ...offsetOf(box), lines });
    lines.forEach((line, place) => {
      const y = box.top + size * (ASCENT + place * LINE_HEIGHT);
      const x = (box.left + box.right) / 2;
      placed.texts.push(pen.text(line, style, { x, y, anchor: 'middle', fill: INK }));
    });
  });
  return placed;
}

type Block = Pick<ReaderText, 'width' | 'height'>;
type Places = Pick<ReaderText, 'candidates' | 'offsetOf'>;

/** On its place, else in eight directions from it at growing distances. */
function besidePlace(
  layer: LayerOf<'text'>,
  index: number,
  { width, height }: Block,
  { scales, area }: MarkFrame,
): Places {
  const [x, y] = [xAt(scales.x, layer.x, area), yAt(scales.y, layer.y, area)];
  const around = (dx: number, dy: number, distance: number): Candidate => {
    const middle = { x: x + dx * (width / 2 + distance), y: y + dy * (height / 2 + distance) };
    return { box: boxAround(middle, { width, height }), cost: distance };
  };
  const candidates = [around(0, 0, 0)];
  for (const distance of [3, 5, 8, 12, 18, 26, 36]) {
    for (const dx of [1, 0, -1]) {
      for (const dy of [-1, 0, 1]) {
        if (dx !== 0 || dy !== 0) candidates.push(around(dx, dy, distance));
      }
    }
  }
  return {
    candidates,
    offsetOf: (box) => ({
      of: { kind: 'text', layer: index },
      right: (box.left + box.right) / 2 - x,
      down: (box.top + box.bottom) / 2 - y,
    }),
  };
}

const RULE_GAP = 2.5;
const STEPS = 12;

/** Beside a reference line: from its upper or right end inwards, on either side. */
function besideRule(
  layer: LayerOf<'rule'>,
  index: number,
  { width, height }: Block,
  { scales, area }: MarkFrame,
): Places {
  const isUpright = layer.across === 'x';
  const line = isUpright ? xAt(scales.x, layer.at, area) : yAt(scales.y, layer.at, area);
  const inset = {
    left: area.left + 2,
    right: area.right - 2,
    top: area.top + 1,
    bottom: area.bottom - 1,
  };
  const candidates = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS).flatMap((share) =>
    [1, -1].map((side): Candidate => {
      const middle = isUpright
        ? {
            x: line + side * (RULE_GAP + width / 2),
            y: inset.top + height / 2 + share * (inset.bottom - inset.top - height),
          }
        : {
            x: inset.right - width / 2 - share * (inset.right - inset.left - width),
            y: line - side * (RULE_GAP - 1 + height / 2),
          };
      return { box: boxAround(middle, { width, height }), cost: share * 10 + (side < 0 ? 0.5 : 0) };
    }),
  );
  return {
    candidates,
    offsetOf: (box) => {
      const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
      return isUpright
        ? {
            of: {
              kind: 'rule',
              layer: index,
              along: (area.bottom - middle.y) / (area.bottom - area.top),
            },
            right: middle.x - line,
            down: 0,
          }
        : {
            of: {
              kind: 'rule',
              layer: index,
              along: (middle.x - area.left) / (area.right - area.left),
            },
            right: 0,
            down: middle.y - line,
          };
    },
  };
}

function boxAround(middle: { x: number; y: number }, { width, height }: Block): Box {
  return {
    left: middle.x - width / 2,
    right: middle.x + width / 2,
    top: middle.y - height / 2,
    bottom: middle.y + height / 2,
  };
}
