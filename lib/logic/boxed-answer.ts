import { digitValue, pyStrip } from './python-text.ts';

/** What published readers of boxes take: from the last `\boxed{` to the next closing brace; null when there is none. */
export function publishedBox(response: string): string | null {
  const open = response.lastIndexOf('\\boxed{');
  if (open === -1) return null;
  const close = response.indexOf('}', open + 7);
  return close === -1 ? null : pyStrip(response.slice(open + 7, close));
}

const NUMBER = /[+-]?(?:\p{Nd}{1,3}(?:[,，]\p{Nd}{3})+|\p{Nd}+)(?:\.0+)?/gu;

/** The one whole number of a box, thousands and units allowed (`1,234`, `12 items`); null for none or several. */
export function countOf(box: string): number | null {
  if (box.length > 200 || /[/*^=<>]|\d\.\d*[1-9]/u.test(box)) return null;
  const found = box.replace(/[−–]/gu, '-').match(NUMBER);
  const [only] = found ?? [];
  if (found?.length !== 1 || only === undefined || only.length > 18) return null;
  const plain = only
    .replace(/\.0+$/u, '')
    .replace(/[,，]/gu, '')
    .replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  return Number(plain);
}
