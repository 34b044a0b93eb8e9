import { z } from 'zod';
import type { Db } from './client.ts';

const Usage = z.object({ input: z.int(), output: z.int() }).nullable();

interface Answer {
  text: string;
  usage: { input: number; output: number } | null;
}

/** What a model said to the question with this hash; null when it was not asked yet. */
export async function findJudgeAnswer(db: Db, hash: string): Promise<Answer | null> {
  const row = await db.prisma.judgeAnswer.findUnique({
    where: { hash },
    select: { answer: true, usage: true },
  });
  return row === null ? null : { text: row.answer, usage: Usage.parse(row.usage) };
}

/** Safe to run twice: the first answer to a question stays. U+0000, which Postgres refuses, becomes U+FFFD. */
export async function saveJudgeAnswer(
  db: Db,
  answer: Answer & { hash: string; model: string; promptVersion: string },
): Promise<void> {
  await db.pool.query(
    `insert into judge_answer (hash, model, prompt_version, answer, usage) values ($1, $2, $3, $4, $5)
     on conflict (hash) do nothing`,
    [
      answer.hash,
      answer.model,
      answer.promptVersion,
      answer.text.toWellFormed().replaceAll('\0', '\ufffd'),
      answer.usage === null ? null : JSON.stringify(answer.usage),
    ],
  );
}
