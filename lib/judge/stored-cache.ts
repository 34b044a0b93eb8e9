import type { Db } from '#lib/db/client.ts';
import { findJudgeAnswer, saveJudgeAnswer } from '#lib/db/judge-answers.ts';
import type { JudgeCache } from './model-judge.ts';

/** Answers in the database: they outlive the process, so an audit that was interrupted goes on for free. */
export function storedCache(db: Db): JudgeCache {
  return {
    find: (hash) => findJudgeAnswer(db, hash),
    save: (answer) => saveJudgeAnswer(db, answer),
  };
}
