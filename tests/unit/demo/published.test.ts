import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { findPublishedFamily, parseMethodCatalogue } from '#lib/demo/methods.ts';
import {
  listPrintedMeans,
  parseLaserResults,
  parseSimplerlZooResults,
} from '#lib/demo/published.ts';

const read = (name: string) => readFileSync(`lib/demo/published/${name}.csv`, 'utf8');
const laser = parseLaserResults(read('laser'));
const simplerl = parseSimplerlZooResults(read('simplerl-zoo'));
const methods = parseMethodCatalogue(read('methods'));

describe('LASER results', () => {
  test('30 variants stand on four benchmarks, 22 of them with the 1.5B model', () => {
    expect(laser).toHaveLength(30 * 4);
    const small = laser.filter((row) => row.baseModel === 'DeepSeek-R1-Distill-Qwen-1.5B');
    expect(new Set(small.map((row) => row.method)).size).toBe(22);
    expect(new Set(laser.map((row) => row.benchmark))).toEqual(
      new Set(['MATH500', 'AIME24', 'AMC23', 'OlympiadBench']),
    );
  });

  test('a row carries what the table and the set-up say', () => {
    const row = laser.find(
      ({ baseModel, method, benchmark }) =>
        baseModel.endsWith('1.5B') && method === 'LASER-DE-4096' && benchmark === 'AIME24',
    );
    expect(row).toEqual({
      study: 'laser',
      benchmark: 'AIME24',
      baseModel: 'DeepSeek-R1-Distill-Qwen-1.5B',
      method: 'LASER-DE-4096',
      family: 'laser-de',
      isBase: false,
      parameter: { name: 'L_T', value: 4096 },
      accuracy: 0.35,
      meanTokens: 5789,
      metric: {
        name: 'avg@16',
        samplesPerItem: 16,
        temperature: 0.6,
        topP: 0.95,
        maxTokens: 32768,
      },
      citation: '2505.15612',
    });
  });

  test('percent become fractions without rounding dust', () => {
    expect(laser[0]!.accuracy).toBe(0.839);
  });

  test('each base model has one run that the others are compared with', () => {
    const bases = laser.filter((row) => row.isBase && row.benchmark === 'MATH500');
    expect(bases.map((row) => row.baseModel.split('-').at(-1))).toEqual(['1.5B', '7B', '32B']);
  });

  test('exactly three printed token means differ from their columns by more than rounding', () => {
    const off = listPrintedMeans(read('laser')).filter(
      (mean) => Math.abs(mean.meanTokens - mean.recomputed.meanTokens) > 2,
    );
    expect(off.map((mean) => mean.method)).toEqual(['LASER-2048', 'LASER-D-1024', 'LASER-D-2048']);
  });

  test.each([
    ['an unknown benchmark', 'MATH500', 'MATH5000', /unknown benchmark/],
    ['a broken number', '83.9', '83,9', /fields/],
    ['more than all', '83.9', '839', /over 100/],
    ['a count that is missing', ',5042', ',', /tokens_mean/],
  ])('%s is refused with its line', (_, from, to, message) => {
    expect(() => parseLaserResults(read('laser').replace(from, to))).toThrow(message);
  });
});

describe('SimpleRL-Zoo results', () => {
  test('ten base models before and after, in seven columns, without lengths', () => {
    expect(simplerl).toHaveLength(10 * 2 * 7);
    expect(simplerl.every((row) => row.meanTokens === null)).toBe(true);
  });

  test('AIME24 by one sample and by 32 are two results with two metrics', () => {
    const aime = simplerl.filter(
      (row) =>
        row.baseModel === 'Qwen2.5-32B' && row.method === 'zero-RL' && row.benchmark === 'AIME24',
    );
    expect(aime.map((row) => [row.metric.name, row.accuracy])).toEqual([
      ['pass@1', 0.367],
      ['avg@32', 0.272],
    ]);
  });

  test('the Olympiad column goes by the name of its benchmark', () => {
    expect(simplerl.filter((row) => row.benchmark === 'OlympiadBench')).toHaveLength(20);
  });

  test('how the base models drew 32 samples stays unknown', () => {
    const base = simplerl.filter((row) => row.isBase);
    expect(
      base.every((row) => (row.metric.temperature === null) === (row.metric.name === 'avg@32')),
    ).toBe(true);
  });
});

describe('method catalogue', () => {
  test('118 methods with ids of their own', () => {
    expect(methods).toHaveLength(118);
    expect(new Set(methods.map((method) => method.id)).size).toBe(118);
    expect(methods.every((method) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(method.id))).toBe(true);
  });

  test('every published family is known, and points at a catalogued method or at none', () => {
    const ids = new Set(methods.map((method) => method.id));
    for (const row of [...laser, ...simplerl]) {
      const family = findPublishedFamily(row.family);
      expect(family, row.family).not.toBeNull();
      if (family!.methodId !== null) expect(ids).toContain(family!.methodId);
    }
  });

  test('LASER families lead to the paper that prints them, L1 and the group reward to their own', () => {
    const arxivOf = (id: string) =>
      methods.find((method) => method.id === findPublishedFamily(id)?.methodId)?.arxivId;
    expect(['laser', 'laser-d', 'laser-de', 'budget', 'group'].map(arxivOf)).toEqual([
      '2505.15612',
      '2505.15612',
      '2505.15612',
      '2503.04697',
      '2502.04463',
    ]);
  });

  test('an unknown stage is refused with its line', () => {
    expect(() => parseMethodCatalogue(read('methods').replace(',RL,', ',Magic,'))).toThrow(
      /Line 2.*Magic/,
    );
  });
});
