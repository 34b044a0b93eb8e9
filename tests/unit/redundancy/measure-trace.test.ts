import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

import { loopShare } from '#lib/redundancy/features/loop-share.ts';
import { ngramRepetition } from '#lib/redundancy/features/ngram-repetition.ts';
import { repeatedStepShare } from '#lib/redundancy/features/repeated-step-share.ts';
import { stepCount } from '#lib/redundancy/features/step-count.ts';
import { detectors } from '#lib/redundancy/index.ts';
import { measureTrace, TRACE_VERSION } from '#lib/redundancy/trace/measure-trace.ts';

const codec = { id: 'deflate-6', compress: (bytes: Uint8Array) => deflateSync(bytes) };
const measure = (text: string, question: string | null = null) =>
  measureTrace(text, { question, codec });

/** By version of the whole: what it was made of. A changed part needs a new version, or old and new rows would be one. */
const PARTS: Readonly<Record<number, string>> = {
  1: 'reflection-keywords@1 reflection-keywords-laser@1 repeated-passages@1 repeated-steps@1 self-reflection-phrases@1 suffix-loop@1 thought-switches@1 step-count@1 repeated-step-share@1 ngram-repetition@1 loop-share@1',
};

test('a changed part raises the version of what is stored', () => {
  const parts = [
    ...detectors.all,
    ...[stepCount, repeatedStepShare, ngramRepetition, loopShare],
  ].map(({ id, version }) => `${id}@${String(version)}`);
  expect(PARTS[TRACE_VERSION]?.split(' ').sort()).toEqual(parts.sort());
});

describe('what is stored of a text', () => {
  test('holds counts by keyword and no zeros', () => {
    const { found, reflections, loops } = measure('Wait, 1. However, wait. The sum is 3.');
    expect(found['reflection-keywords']).toEqual({ wait: 2, however: 1 });
    expect(reflections).toBe(3);
    expect(loops).toBe(0);
    expect(Object.keys(found)).not.toContain('suffix-loop');
    expect(Object.keys(found)).not.toContain('repeated-steps');
  });

  test('tells a loop, and how much of the text it is', () => {
    const { loops, loopShare: share, compression } = measure('And again we add. '.repeat(100));
    expect(loops).toBe(1);
    expect(share).toBe(1);
    expect(compression).toBeLessThan(0.1);
  });

  test('does not tell what a short text can not show', () => {
    expect(measure('It is 4.')).toMatchObject({
      steps: 1,
      compression: null,
      repeatedStepShare: null,
      restatedShare: null,
    });
  });

  test('knows the question again', () => {
    const question = 'How many apples does Ann have after she has eaten two?';
    const text = 'We are asked how many apples does Ann have after she has eaten two. Three.';
    expect(measure(text, question).restatedShare).toBe(1);
    expect(measure('Three of them.', question).restatedShare).toBe(0);
  });
});
