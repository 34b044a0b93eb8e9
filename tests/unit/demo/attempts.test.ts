import { createHash } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { type DemoAttemptRow, demoAttempts, demoReasoners } from '#lib/demo/attempts.ts';
import { AppError } from '#lib/errors.ts';
import { importers } from '#lib/importers/index.ts';
import { LaconicRow } from '#lib/schemas/laconic-row.ts';

const KEYWORDS = /\b(?:recheck|rethink|try again|wait|alternatively|retry|however)\b/gi;

// Processor time, since a busy machine must not fail the test.
const started = process.cpuUsage();
const rowsOf = new Map(demoReasoners.map(({ id }) => [id, [...demoAttempts(id)]]));
const used = process.cpuUsage(started);
const durationMs = (used.user + used.system) / 1000;

function get(id: string): DemoAttemptRow[] {
  return rowsOf.get(id)!;
}

function isRight(row: DemoAttemptRow): boolean {
  return row.output.endsWith(`\n</think>\nThe answer is \\boxed{${row.gold}}.`);
}

function share(rows: readonly DemoAttemptRow[], test: (row: DemoAttemptRow) => boolean): number {
  return rows.filter(test).length / rows.length;
}

function countWords(text: string): number {
  return text.split(/\s+/).length;
}

function countReflections(rows: readonly DemoAttemptRow[]): number {
  return rows.reduce((sum, row) => sum + (row.output.match(KEYWORDS) ?? []).length, 0);
}

describe('all demo runs together', () => {
  test('are at least ten, made in under 3 s and no more than 12 MB of JSONL', () => {
    const bytes = [...rowsOf.values()]
      .flat()
      .reduce((sum, row) => sum + Buffer.byteLength(JSON.stringify(row)) + 1, 0);
    expect(demoReasoners.length).toBeGreaterThanOrEqual(10);
    expect(durationMs).toBeLessThan(3000);
    expect(bytes).toBeLessThanOrEqual(12_000_000);
  });

  test('never change without a new version', () => {
    const hash = createHash('sha256');
    for (const [id, rows] of rowsOf) hash.update(`${id}\n${JSON.stringify(rows)}\n`);
    expect(hash.digest('hex')).toBe(
      '34dcf153c9f57c38ccabbf2b18aa8f547f79055ba6de5f538501af52f9c489ac',
    );
  });
});

describe.each(demoReasoners)('$id', (reasoner) => {
  const rows = get(reasoner.id);

  test('gives four samples of every item as rows of the own format, without token counts', () => {
    expect(rows).toHaveLength(126 * 4);
    expect(new Set(rows.map((row) => `${row.item_key} ${row.sample_index}`)).size).toBe(126 * 4);
    for (const row of rows) {
      expect(LaconicRow.parse(row)).toEqual(row);
      expect(row).not.toHaveProperty('tokens');
    }
  });

  test('a cut output uses up its budget and has no answer, a whole one keeps to it', () => {
    for (const row of rows) {
      const words = countWords(row.output);
      if (row.finish_reason === 'length') {
        expect(words).toBe(reasoner.budgetWords);
        expect(row.output).not.toContain('\\boxed');
      } else {
        expect(words).toBeLessThanOrEqual(reasoner.budgetWords ?? Number.POSITIVE_INFINITY);
        expect(row.output).toMatch(/^<think>\n[\s\S]+\n<\/think>\nThe answer is \\boxed\{\w+\}\.$/);
      }
    }
  });

  test('is recognised as the own format and no other', () => {
    const sample = {
      name: `${reasoner.id}.jsonl`,
      shape: 'lines' as const,
      rows: rows.slice(0, 20),
      document: null,
      head: '',
    };
    const claims = importers.all.filter((importer) => importer.recognise(sample) !== null);
    expect(claims.map((importer) => importer.id)).toEqual(['laconic-jsonl']);
  });

  test('says that it is a program', () => {
    expect(reasoner.describe()).toContain('A program, not a model.');
  });
});

describe('families', () => {
  test.each(['search-unlimited', 'careful-unlimited', 'assumption-unlimited'])(
    '%s is complete and right everywhere',
    (id) => {
      expect(share(get(id), isRight)).toBe(1);
    },
  );

  test.each(['search', 'careful', 'assumption', 'propagation'])(
    'accuracy and length of %s rise with the budget',
    (family) => {
      const runs = demoReasoners.filter((reasoner) => reasoner.family === family);
      const points = runs.map(({ id }) => ({
        accuracy: share(get(id), isRight),
        words: get(id).reduce((sum, row) => sum + countWords(row.output), 0),
      }));
      for (const [index, point] of points.slice(1).entries()) {
        expect(point.accuracy).toBeGreaterThan(points[index]!.accuracy);
        expect(point.words).toBeGreaterThan(points[index]!.words);
      }
    },
  );

  test('each swept family is measured against its own run without a limit', () => {
    expect(demoReasoners.filter(({ isBase }) => isBase).map(({ id }) => id)).toEqual([
      'assumption-unlimited',
      'careful-unlimited',
      'propagation-unlimited',
      'search-unlimited',
    ]);
  });

  test('a smaller budget cuts the same trace earlier', () => {
    for (const [index, row] of get('search-128').entries()) {
      const whole = get('search-unlimited')[index]!.output.split(/\s+/);
      expect(whole.slice(0, 128)).toEqual(row.output.split(/\s+/));
    }
  });

  test('guessing, greed and propagation are ever better and never complete', () => {
    const accuracies = ['guess', 'greedy', 'propagation-unlimited'].map((id) =>
      share(get(id), isRight),
    );
    expect(accuracies).toEqual([...accuracies].sort((a, b) => a - b));
    expect(accuracies[0]).toBeLessThan(0.1);
    expect(accuracies[2]).toBeLessThan(1);
  });

  test('samples of one item differ, so that accuracy over samples has spread', () => {
    for (const id of ['guess', 'greedy', 'propagation-unlimited', 'search-256']) {
      const rightOf = Map.groupBy(get(id), (row) => row.item_key);
      const mixed = [...rightOf.values()].filter((rows) => new Set(rows.map(isRight)).size === 2);
      expect(mixed.length, id).toBeGreaterThan(10);
    }
  });

  test('harder bands take more words', () => {
    for (const id of ['search-unlimited', 'assumption-unlimited']) {
      const meanWords = ['easy', 'medium', 'hard'].map((band) => {
        const rows = get(id).filter((row) => row.difficulty === band);
        return rows.reduce((sum, row) => sum + countWords(row.output), 0) / rows.length;
      });
      expect(meanWords).toEqual([...meanWords].sort((a, b) => a - b));
    }
  });
});

describe('reflections', () => {
  test.each(['guess', 'greedy', 'propagation-unlimited'])(
    '%s never goes back, so has none',
    (id) => {
      expect(countReflections(get(id))).toBe(0);
    },
  );

  test('"Wait" takes back the branch that is open, and "Alternatively" comes only after that', () => {
    for (const { output } of get('search-unlimited')) {
      const branches: string[] = [];
      let lastTakenBackAt: number | null = null;
      for (const line of output.split('\n')) {
        const [, opened] = /^(?:Alternatively, s|S)uppose (.*)\.$/.exec(line) ?? [];
        const [, takenBack] = /^Wait, .* I take back that (.*)\.$/.exec(line) ?? [];
        if (line.startsWith('Alternatively')) expect(branches.length).toBe(lastTakenBackAt);
        if (opened !== undefined) {
          branches.push(opened);
          lastTakenBackAt = null;
        }
        if (takenBack !== undefined) {
          expect(branches.pop()).toBe(takenBack);
          lastTakenBackAt = branches.length;
        }
      }
    }
  });

  test('rechecking adds exactly one reflection to each search, and no accuracy', () => {
    const plain = get('search-unlimited');
    const careful = get('careful-unlimited');
    expect(countReflections(careful)).toBe(countReflections(plain) + plain.length);
    expect(countReflections(plain)).toBeGreaterThan(countReflections(get('assumption-unlimited')));
    expect(countReflections(get('assumption-unlimited'))).toBeGreaterThan(0);
  });
});

test('an unknown reasoner is not found, and the message names the known ones', () => {
  expect(() => [...demoAttempts('oracle')]).toThrow(AppError);
  expect(() => [...demoAttempts('oracle')]).toThrow(/search-unlimited/);
});
