export interface AxisScale {
  domain: [number, number];
  ticks: number[];
}

/** From zero, in round steps. */
export function linearScale(highest: number): AxisScale {
  const step = roundStep(highest / 6);
  const end = Math.ceil((highest * 1.02) / step) * step;
  return { domain: [0, end], ticks: range(0, end, step) };
}

/** From zero or below it to zero or above it, in round steps: for values that may be negative. */
export function signedScale(lowest: number, highest: number): AxisScale {
  const [low, high] = [Math.min(0, lowest), Math.max(0, highest)];
  const step = roundStep(Math.max(high - low, 1e-6) / 6);
  const [start, end] = [Math.floor(low / step) * step, Math.ceil((high * 1.02) / step) * step];
  return { domain: [start, end], ticks: range(start, end, step) };
}

/** Ticks at 1, 2 and 5 times the powers of ten; a narrow field gets steps between. */
export function logScale(lowest: number, highest: number): AxisScale {
  const domain: [number, number] = [lowest / 1.18, highest * 1.18];
  const ticks: number[] = [];
  const factors = domain[1] / domain[0] < 6 ? [1, 1.5, 2, 3, 4, 5, 6, 8] : [1, 2, 5];
  for (let power = 10 ** Math.floor(Math.log10(domain[0])); power <= domain[1]; power *= 10) {
    for (const factor of factors) ticks.push(power * factor);
  }
  return { domain, ticks: ticks.filter((tick) => tick >= domain[0] && tick <= domain[1]) };
}

/** Fractions around what is there, with round ticks, within 0 and 1. */
export function fractionScale(lowest: number, highest: number): AxisScale {
  const step = roundStep(Math.max(highest - lowest, 0.02) / 5);
  const start = Math.max(0, lowest - step * 0.4);
  const end = Math.min(1, highest + step * 0.4);
  const first = Math.ceil(start / step - 1e-9) * step;
  const last = Math.floor(end / step + 1e-9) * step;
  return { domain: [start, end], ticks: range(first, last, step) };
}

function roundStep(about: number): number {
  const power = 10 ** Math.floor(Math.log10(about));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= about) ?? 10;
  return factor * power;
}

/** Multiplied, not added up, so that the steps carry no dust of fractions. */
function range(start: number, end: number, step: number): number[] {
  const count = Math.round((end - start) / step);
  return Array.from({ length: count + 1 }, (_, index) =>
    Number((start + index * step).toPrecision(12)),
  );
}
