import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { expect, test } from 'vitest';

import { FileMemory } from '#lib/importers/fields/file-memory.ts';
import type { ImportedAttempt } from '#lib/importers/importer.ts';
import { decode } from '#lib/ingest/decode.ts';
import { createItemKeys } from '#lib/ingest/item-key.ts';
import { importRow } from '#lib/ingest/json-row-import.ts';
import { readJsonRows } from '#lib/ingest/json-row.ts';
import { readSample, recogniseFormat } from '#lib/ingest/recognise.ts';

const ROOT = '../shared/data/real/qwen25math-harness';
const ROWS = { aime24: 30, amc23: 40, gsm8k: 1319, minerva_math: 272, olympiadbench: 675 };
const MODELS = ['Qwen-2.5-3B-rlft', 'Qwen2.5-3B-Instruct'];

test('the harness files of two models import whole and agree with their own metrics', async () => {
  if (!existsSync(ROOT)) {
    process.stdout.write(`skipped: ${ROOT} is not there\n`);
    return;
  }
  for (const model of MODELS) {
    for (const [benchmark, rows] of Object.entries(ROWS)) {
      const folder = join(ROOT, model, benchmark);
      const file = readdirSync(folder).find((name) => name.endsWith('.jsonl'))!;
      const path = join(folder, file);
      const sample = await readSample(path, createReadStream(path));
      const { importer } = recogniseFormat(sample);
      expect(importer.id).toBe('qwen-math-harness');
      expect(importer.hints(sample)).toMatchObject({
        benchmark,
        model,
        split: 'test',
        params: { temperature: 0, seed: 0 },
      });

      const memory = new FileMemory();
      const attempts: ImportedAttempt[] = [];
      for await (const batch of readJsonRows(decode(createReadStream(path)))) {
        for (const row of batch) {
          const result = row.error === null ? importRow(importer, row, memory) : row;
          if (result.error !== null) throw new Error(JSON.stringify(result.error));
          attempts.push(...result.attempts);
        }
      }
      const keyOf = createItemKeys();
      expect(new Set(attempts.map(({ item, sampleIndex }) => keyOf(item, sampleIndex))).size).toBe(
        rows,
      );
      expect(attempts.every(({ item, output }) => item.gold !== null && output !== null)).toBe(
        true,
      );
      const metrics = readMetrics(dirname(path));
      const correct = attempts.filter(({ reported }) => reported.isCorrect).length;
      expect(attempts).toHaveLength(metrics.num_samples);
      expect((100 * correct) / rows).toBeCloseTo(metrics.acc, 0);
    }
  }
});

function readMetrics(folder: string): { num_samples: number; acc: number } {
  const file = readdirSync(folder).find((name) => name.endsWith('metrics.json'))!;
  // The harness's own summary, whose shape is known.
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    num_samples: number;
    acc: number;
  };
}
