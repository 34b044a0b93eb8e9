import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '#lib/env.ts';
import { FontSet, type FontKey } from '#lib/figures/text/font-set.ts';

/** TrueType files out of npm packages, all under the SIL Open Font License. The rasteriser takes no other form. */
const FILES: Readonly<Record<FontKey, string>> = {
  'serif-regular': 'tinos/400Regular/Tinos_400Regular.ttf',
  'serif-bold': 'tinos/700Bold/Tinos_700Bold.ttf',
  'sans-regular': 'inter/400Regular/Inter_400Regular.ttf',
  'sans-bold': 'inter/700Bold/Inter_700Bold.ttf',
  'han-simplified': 'zcool-xiaowei/400Regular/ZCOOLXiaoWei_400Regular.ttf',
  'han-japanese': 'sawarabi-mincho/400Regular/SawarabiMincho_400Regular.ttf',
};

const files = new Map<FontKey, Uint8Array>();

function readFont(key: FontKey): Uint8Array {
  const known = files.get(key);
  if (known !== undefined) return known;
  const bytes = readFileSync(path.join(ROOT, 'node_modules', '@expo-google-fonts', FILES[key]));
  files.set(key, bytes);
  return bytes;
}

let fonts: FontSet | null = null;

/** One set a process: parsing a font takes longer than drawing a figure. */
export function figureFonts(): FontSet {
  fonts ??= new FontSet(readFont);
  return fonts;
}
