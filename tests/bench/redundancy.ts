import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

import { findAnswerPositions } from '#lib/redundancy/answers/answer-positions.ts';
import { detectAll, type Detector } from '#lib/redundancy/detector.ts';
import type { Feature } from '#lib/redundancy/features/feature.ts';
import { features } from '#lib/redundancy/features/index.ts';
import { detectors } from '#lib/redundancy/index.ts';
import { onDemandDetectors } from '#lib/redundancy/on-demand/index.ts';
import { compressionRatio } from '#lib/redundancy/scan/compression.ts';
import { scanText, type TextScan } from '#lib/redundancy/scan/text-scan.ts';
import { createRng } from '#lib/rng.ts';

/** Megabytes of UTF-8 a second on one core: keywords, steps, repetition and loops in one pass; then all the rest as well. */
const BARS = { onePass: 20, everything: 5 };
const REAL = '../shared/data/real/mip-overthinking/response';
const BYTES_WANTED = 12_000_000;

const ONE_PASS_DETECTORS = [
  'reflection-keywords',
  'self-reflection-phrases',
  'thought-switches',
  'repeated-passages',
  'suffix-loop',
].map((id) => detectors.get(id));
const ONE_PASS_FEATURES = [
  'step-count',
  'ngram-repetition',
  'laser-loop',
  'window-repeat',
  'loop-share',
].map((id) => features.get(id));

function readRealTexts(): string[] {
  const files = readdirSync(REAL, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort();
  const texts: string[] = [];
  let size = 0;
  for (const file of files) {
    const rows = JSON.parse(readFileSync(`${REAL}/${file}`, 'utf8')) as Record<string, unknown>[];
    for (const row of rows) {
      const text = row.model_answer;
      if (typeof text !== 'string' || text.length < 500) continue;
      texts.push(text);
      size += Buffer.byteLength(text);
      if (size > BYTES_WANTED) return texts;
    }
  }
  return texts;
}

const SENTENCES = [
  'Wait, let me recheck the sum of the first three terms.',
  'So the number of apples is 12 + 7 = 19.',
  'Alternatively, we could count the pairs $(a, b)$ with $a < b$.',
  'Hmm, but that contradicts what we found before.',
  'Therefore the answer is \\boxed{42}.',
];

function generateTexts(): string[] {
  const rng = createRng('bench', 1);
  return Array.from({ length: 1500 }, () =>
    Array.from({ length: 150 }, () => {
      const sentence = `${rng.pick(SENTENCES)} It is ${rng.below(10_000)} or ${rng.below(10_000)}.`;
      return rng.below(4) === 0 ? `${sentence}\n\n` : `${sentence} `;
    }).join(''),
  );
}

const deflate = { id: 'deflate-6', compress: (bytes: Uint8Array) => deflateSync(bytes) };

/** By processor time, collector included: a machine that does other work as well would tell another number each time. */
function speed(texts: readonly string[], work: (text: string) => unknown): number {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  for (const text of texts.slice(0, 200)) work(text);
  let best = 0;
  for (let round = 0; round < 3; round += 1) {
    const start = process.cpuUsage();
    for (const text of texts) work(text);
    const { user, system } = process.cpuUsage(start);
    best = Math.max(best, bytes / (user + system));
  }
  return best;
}

function measure(scan: TextScan, chosen: readonly Feature[]): void {
  for (const feature of chosen) feature.measure(scan);
}

function detect(scan: TextScan, chosen: readonly Detector[]): void {
  for (const detector of chosen) {
    if (detector.detectIn === undefined) detector.detect(scan.text);
    else detector.detectIn(scan);
  }
}

function onePass(text: string): void {
  const scan = scanText(text);
  detect(scan, ONE_PASS_DETECTORS);
  measure(scan, ONE_PASS_FEATURES);
}

function everything(text: string): void {
  const scan = scanText(text);
  detect(scan, [...detectors.all, ...onDemandDetectors.all]);
  measure(scan, features.all);
  compressionRatio(text, deflate);
  findAnswerPositions(text, (candidate) => candidate === '42');
}

const hasReal = existsSync(REAL);
const texts = hasReal ? readRealTexts() : generateTexts();
const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
console.log(
  `${hasReal ? 'real traces' : 'generated traces'}: ${texts.length} texts, ${megabytes.toFixed(1)} MB`,
);

const results = { onePass: speed(texts, onePass), everything: speed(texts, everything) };
for (const [name, value] of Object.entries(results))
  console.log(`${name}: ${value.toFixed(1)} MB/s (bar ${BARS[name as keyof typeof BARS]})`);
console.log(
  `all detectors: ${speed(texts, (text) => detectAll(detectors.all, text)).toFixed(1)} MB/s`,
);
if (process.argv.includes('--each')) {
  for (const detector of [...detectors.all, ...onDemandDetectors.all])
    console.log(
      `  ${detector.id}: ${speed(texts, (text) => detector.detect(text)).toFixed(1)} MB/s`,
    );
  for (const feature of features.all)
    console.log(
      `  ${feature.id}: ${speed(texts, (text) => feature.measure(scanText(text))).toFixed(1)} MB/s`,
    );
  console.log(`  words: ${speed(texts, (text) => scanText(text).words).toFixed(1)} MB/s`);
  console.log(`  steps: ${speed(texts, (text) => scanText(text).steps).toFixed(1)} MB/s`);
  console.log(
    `  deflate: ${speed(texts, (text) => compressionRatio(text, deflate)).toFixed(1)} MB/s`,
  );
  console.log(
    `  answers: ${speed(texts, (text) => void findAnswerPositions(text, () => false)).toFixed(1)} MB/s`,
  );
}

const joined = texts.join('\n\n');
console.log('growth with the length of one text:');
for (const length of [125_000, 250_000, 500_000, 1_000_000]) {
  const text = joined.slice(0, length);
  const start = performance.now();
  everything(text);
  console.log(`  ${length} characters: ${(performance.now() - start).toFixed(0)} ms`);
}
if (results.onePass < BARS.onePass || results.everything < BARS.everything) process.exitCode = 1;
