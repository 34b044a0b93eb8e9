import { expect, test } from 'vitest';
import { findJudgeAnswer, saveJudgeAnswer } from '#lib/db/judge-answers.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();

test('an answer is found by its hash, and the first one stays', async () => {
  const answer = {
    hash: 'h1',
    model: 'm',
    promptVersion: '1',
    text: 'VERDICT: SAME',
    usage: { input: 5, output: 2 },
  };
  expect(await findJudgeAnswer(db, 'h1')).toBeNull();
  await saveJudgeAnswer(db, answer);
  await saveJudgeAnswer(db, { ...answer, text: 'another' });
  expect(await findJudgeAnswer(db, 'h1')).toEqual({
    text: 'VERDICT: SAME',
    usage: { input: 5, output: 2 },
  });
});

test('what Postgres can not store does not lose the answer', async () => {
  await saveJudgeAnswer(db, {
    hash: 'h2',
    model: 'm',
    promptVersion: '1',
    text: 'a\0b\ud800',
    usage: null,
  });
  expect(await findJudgeAnswer(db, 'h2')).toEqual({ text: 'a\ufffdb\ufffd', usage: null });
});
