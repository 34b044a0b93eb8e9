import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { findAnswerPositions } from '#lib/redundancy/answers/answer-positions.ts';
import { countByLabel, detectAll } from '#lib/redundancy/detector.ts';
import { detectors } from '#lib/redundancy/index.ts';
import { LASER_WORDS } from '#lib/redundancy/keywords/lists.ts';
import { countSubstrings } from '#lib/redundancy/keywords/substrings.ts';
import { reflectionKeywordsLaser } from '#lib/redundancy/reflection-keywords-laser.ts';

const REAL = '../shared/data/real/mip-overthinking/response';
const isThere = existsSync(REAL);
if (!isThere) process.stdout.write(`skipped: ${REAL} is not here\n`);

/** Responses, mean characters and mean count of the seven words, as counted by another programme. */
const COUNTED = [
  ['gsm8k/normal/QwQ', 582, 6440, 13.31],
  ['gsm8k/normal/s1.1', 582, 5677, 10.54],
  ['gsm8k/normal/DSQ', 582, 1676, 0.5],
  ['math/normal/DSQ', 52, 9137, 13.92],
  ['math/normal/QwQ', 52, 15_196, 36.04],
  ['math/MiP/DSQ', 52, 34_059, 123.75],
] as const;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

test.skipIf(!isThere).each(COUNTED)(
  '%s: %d responses of %d characters with %d keywords',
  (folder, responses, characters, keywords) => {
    const rows = JSON.parse(readFileSync(`${REAL}/${folder}/response.json`, 'utf8')) as {
      model_answer: string;
    }[];
    const texts = rows.map((row) => row.model_answer);
    expect(texts).toHaveLength(responses);
    expect(mean(texts.map((text) => Array.from(text).length))).toBeCloseTo(characters, -0.5);
    const counts = texts.map((text) => countSubstrings(text, LASER_WORDS));
    const totals = counts.map((count) => Object.values(count).reduce((sum, n) => sum + n, 0));
    expect(Math.abs(mean(totals) - keywords)).toBeLessThan(0.006);
    texts.forEach((text, i) =>
      expect(countByLabel(reflectionKeywordsLaser.detect(text))).toEqual(counts[i]),
    );
    for (const text of texts.slice(0, 50)) {
      for (const spans of detectAll(detectors.all, text)) {
        let end = 0;
        for (const span of spans) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          end = span.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }
  },
);

const ECONOMY = '../shared/data/real/lrm-token-economy/data';
const hasEconomy = existsSync(ECONOMY);
if (!hasEconomy) process.stdout.write(`skipped: ${ECONOMY} is not here\n`);

const ANSWERS: Readonly<Record<string, number>> = {
  AIME2025I_P2_modified: 41,
  AIME2023II_P1: 220,
  AIME2023II_P1_mod: 660,
  AIME2025I_Problem_2: 49,
};

/** Mean place of the first correct answer as a share of the trace, as found with another programme's number search. */
const FIRST_ANSWERS = [
  ['gpt-oss-120b', 0.82],
  ['deepseek-r1', 0.52],
  ['qwen3-235b-a22b-think', 0.23],
  ['minimax-m1', 0.24],
] as const;

interface EconomyFile {
  results: { prompt_id: string; llm: string; thinking?: unknown[] }[];
}

test.skipIf(!hasEconomy)('the first correct answer stands where another search finds it', () => {
  const places = new Map<string, (number | null)[]>();
  for (const file of readdirSync(ECONOMY).filter((name) => name.startsWith('output_queries'))) {
    const { results } = JSON.parse(readFileSync(`${ECONOMY}/${file}`, 'utf8')) as EconomyFile;
    for (const { prompt_id: prompt, llm, thinking } of results) {
      const answer = ANSWERS[prompt];
      if (answer === undefined) continue;
      for (const trace of thinking ?? []) {
        if (typeof trace !== 'string' || trace.length < 500) continue;
        const isEqual = (candidate: string): boolean =>
          /\d/.test(candidate) && Number(candidate.replace(/[^0-9.-]/g, '')) === answer;
        const { first } = findAnswerPositions(trace, isEqual);
        const place = first === null ? null : first.end / trace.length;
        places.set(llm, [...(places.get(llm) ?? []), place]);
      }
    }
  }
  for (const [model, expected] of FIRST_ANSWERS) {
    const found = (places.get(model) ?? []).filter((place) => place !== null);
    expect(found, `${model}: a correct answer in each of its traces`).toHaveLength(20);
    expect(Math.abs(mean(found) - expected), model).toBeLessThan(0.04);
  }
});
