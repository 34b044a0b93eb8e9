import { UsageError } from '../run-script.ts';

/** The value of a flag; throws a sentence with its bounds. */
export function wholeNumber(name: string, value: string, max: number, min = 1): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new UsageError(`--${name} takes a whole number from ${String(min)} to ${String(max)}.`);
}
