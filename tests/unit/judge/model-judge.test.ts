import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { probesFor } from '#lib/audit/attack-probes.ts';
import { attacks } from '#lib/audit/attacks/index.ts';
import { needsModel, readJudgement } from '#lib/audit/judge-prompt.ts';
import { poolJudge } from '#lib/judge/audit-run.ts';
import { readRetryAfter, type ChatAnswer } from '#lib/judge/chat-client.ts';
import { judgeSettings } from '#lib/judge/judge-settings.ts';
import { hybrid, ModelJudge, type JudgeBounds, type JudgeCache } from '#lib/judge/model-judge.ts';
import { VerdictPool } from '#lib/judge/verdict-pool.ts';
import { fail, say, startChatServer } from './chat-server.ts';

const SAME = say('They agree.\nVERDICT: SAME');
const server = await startChatServer(SAME);
const pool = new VerdictPool(1);
afterAll(async () => {
  await pool.close();
  await server.close();
});
beforeEach(() => {
  server.answerBy(SAME);
  server.asked.length = 0;
});

class MapCache implements JudgeCache {
  readonly answers = new Map<string, ChatAnswer>();
  find(hash: string) {
    return Promise.resolve(this.answers.get(hash) ?? null);
  }
  save(answer: ChatAnswer & { hash: string }) {
    this.answers.set(answer.hash, answer);
    return Promise.resolve();
  }
}

const waits: number[] = [];
function newJudge(bounds: Partial<JudgeBounds> = {}, cache: JudgeCache = new MapCache()) {
  const sleep = (ms: number) => {
    waits.push(ms);
    return Promise.resolve();
  };
  return new ModelJudge(server.settings, cache, { bounds, sleep });
}

const INPUT = { gold: 'x+1', response: 'It is \\boxed{1+x}.', question: 'What is it?' };

describe('a model judge', () => {
  test('asks once, within its bounds, and tells its cost', async () => {
    const judge = newJudge({ maxTokens: 77 });
    const verdict = await judge.judge(INPUT, '1+x');
    expect(verdict).toMatchObject({ status: 'correct', extracted: '1+x' });
    expect(verdict?.reason).toContain('tiny-judge, prompt 1');
    expect(server.asked).toMatchObject([{ model: 'tiny-judge', max_tokens: 77 }]);
    const [, user] = server.asked[0]?.messages ?? [];
    expect(JSON.parse(user?.content ?? '')).toEqual({
      question: 'What is it?',
      reference: 'x+1',
      answer: '1+x',
    });
    expect(judge.use).toMatchObject({ requests: 1, inputTokens: 100, outputTokens: 10 });
    expect(judge.use.costUsd).toBeCloseTo(120e-6, 12);
  });

  test('the same question is not paid twice, not by another judge either', async () => {
    const cache = new MapCache();
    await newJudge({}, cache).judge(INPUT, null);
    const again = newJudge({}, cache);
    expect((await again.judge(INPUT, null))?.status).toBe('correct');
    expect(again.use).toMatchObject({ requests: 0, fromCache: 1, costUsd: 0 });
    await again.judge({ ...INPUT, gold: 'x+2' }, null);
    expect(again.use.requests).toBe(1);
  });

  test('another server is asked anew, whatever its model is called; another writing of the address is not', async () => {
    const other = await startChatServer(say('VERDICT: DIFFERENT'));
    const cache = new MapCache();
    await newJudge({}, cache).judge(INPUT, null);
    const elsewhere = new ModelJudge({ ...other.settings, model: 'tiny-judge' }, cache);
    expect((await elsewhere.judge(INPUT, null))?.status).toBe('wrong');
    expect(elsewhere.use).toMatchObject({ requests: 1, fromCache: 0 });
    const rewritten = server.settings.baseUrl.replace('http:', 'HTTP:') + '/';
    const again = new ModelJudge({ ...server.settings, baseUrl: rewritten }, cache);
    expect((await again.judge(INPUT, null))?.status).toBe('correct');
    expect(again.use).toMatchObject({ requests: 0, fromCache: 1 });
    await other.close();
  });

  test('only a verdict in the last line decides; anything else is unverifiable and counted', async () => {
    const judge = newJudge();
    server.answerBy(say('VERDICT: SAME\nor perhaps not'));
    expect((await judge.judge(INPUT, 'a'))?.status).toBe('unverifiable');
    server.answerBy(say(''));
    expect((await judge.judge(INPUT, 'b'))?.status).toBe('unverifiable');
    server.answerBy(say('no\n**VERDICT: DIFFERENT**'));
    expect((await judge.judge(INPUT, 'c'))?.status).toBe('wrong');
    expect(judge.use.unparsable).toBe(2);
  });

  test('a passing fault is tried again after the time that was asked for', async () => {
    const judge = newJudge();
    waits.length = 0;
    let count = 0;
    server.answerBy((asked, response, request) => {
      count += 1;
      const behaviour = [fail(429, { 'retry-after': '2' }), fail(500), SAME][count - 1] ?? SAME;
      behaviour(asked, response, request);
    });
    expect((await judge.judge(INPUT, null))?.status).toBe('correct');
    expect(waits).toEqual([2000, 1000]);
    expect(judge.use).toMatchObject({ requests: 3, failed: 0 });
  });

  test.each([
    ['a stream that is cut', 3],
    ['nonsense', 3],
    ['JSON of another kind', 3],
    ['silence', 3],
    ['a redirect', 1],
  ])('%s ends without a verdict after %i tries and is not stored', async (fault, tries) => {
    const faults: Record<string, Parameters<typeof server.answerBy>[0]> = {
      'a stream that is cut': (_asked, response) => {
        response.writeHead(200, { 'content-length': '500' });
        response.write('{"choices":[{"message":', () => response.destroy());
      },
      nonsense: (_asked, response) => void response.end('<html>busy</html>'),
      'JSON of another kind': (_asked, response) => void response.end('{"choices":[]}'),
      silence: () => undefined,
      'a redirect': fail(302, { location: 'http://169.254.169.254/' }),
    };
    server.answerBy(faults[fault] ?? SAME);
    const cache = new MapCache();
    const judge = newJudge({ timeoutMs: 200 }, cache);
    const verdict = await judge.judge(INPUT, null);
    expect(verdict).toBeNull();
    expect(judge.use).toMatchObject({
      requests: tries,
      failed: 1,
      lastFault: expect.any(String) as string,
    });
    expect(cache.answers.size).toBe(0);
    server.answerBy(SAME);
    expect((await judge.judge(INPUT, null))?.status).toBe('correct');
  });

  test('limits of requests and of cost stop the asking, not the audit', async () => {
    const few = newJudge({ maxRequests: 2, concurrency: 1 });
    const answers = ['a', 'b', 'c', 'd'];
    const verdicts = await Promise.all(answers.map((answer) => few.judge(INPUT, answer)));
    expect(verdicts.map((verdict) => verdict?.status)).toEqual([
      'correct',
      'correct',
      undefined,
      undefined,
    ]);
    expect(few.use).toMatchObject({ requests: 2, overLimit: 2 });
  });

  test('open questions do not exceed the limit of cost together', async () => {
    const judge = newJudge({ maxCostUsd: 0.005, maxTokens: 500, concurrency: 4 });
    const answers = Array.from({ length: 40 }, (_, index) => String(index));
    await Promise.all(answers.map((answer) => judge.judge(INPUT, answer)));
    expect(judge.use.requests).toBeGreaterThan(20);
    expect(judge.use.overLimit).toBe(40 - judge.use.requests);
    expect(judge.use.costUsd).toBeLessThanOrEqual(0.005);
  });

  test('what nobody counted is booked at the most that it can have cost', async () => {
    server.answerBy((_asked, response) =>
      response.end('{"choices":[{"message":{"content":"VERDICT: SAME"}}]}'),
    );
    const judge = newJudge({ maxCostUsd: 0.005, maxTokens: 500, concurrency: 1 });
    for (const answer of ['a', 'b', 'c', 'd', 'e']) await judge.judge(INPUT, answer);
    expect(judge.use).toMatchObject({ requests: 2, uncounted: 2, overLimit: 3 });
    expect(judge.use.costUsd).toBeGreaterThan(0.002);
    expect(judge.use.costUsd).toBeLessThanOrEqual(0.005);
  });

  test('a refused key ends the asking at once', async () => {
    server.answerBy(fail(401));
    const judge = newJudge({ concurrency: 1 });
    for (const answer of ['a', 'b', 'c']) expect(await judge.judge(INPUT, answer)).toBeNull();
    expect(judge.use).toMatchObject({ requests: 1, failed: 3, uncounted: 0, costUsd: 0 });
    expect(judge.use.halted).toContain('status 401: {"error":{"message":"no"}}');
  });

  test('a judge that answers nothing is given up, one that stumbles is not', async () => {
    server.answerBy(fail(500));
    const dead = newJudge({ concurrency: 1 });
    for (const answer of 'abcdefgh') await dead.judge(INPUT, answer);
    expect(dead.use).toMatchObject({ requests: 15, failed: 8 });
    expect(dead.use.halted).toBe('5 questions in a row got no answer');
    const stumbling = newJudge({ concurrency: 1, tries: 1 });
    for (const [index, answer] of 'abcdefghijkl'.split('').entries()) {
      server.answerBy(index % 5 === 4 ? SAME : fail(500));
      await stumbling.judge(INPUT, answer);
    }
    expect(stumbling.use).toMatchObject({ requests: 12, failed: 10, halted: null });
  });

  test('one that asks for hours is not waited for', async () => {
    const judge = newJudge();
    waits.length = 0;
    server.answerBy(fail(429, { 'retry-after': '7200' }));
    expect(await judge.judge(INPUT, 'a')).toBeNull();
    expect(waits).toEqual([]);
    expect(judge.use.lastFault).toContain('asks to wait 7200 s');
  });

  test('no more questions are open at once than allowed', async () => {
    let open = 0;
    let most = 0;
    server.answerBy((asked, response, request) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        SAME(asked, response, request);
      }, 20);
    });
    const judge = newJudge({ concurrency: 3 });
    await Promise.all(Array.from({ length: 12 }, (_, index) => judge.judge(INPUT, String(index))));
    expect(most).toBe(3);
  });

  test('without the allowlist the loopback is refused before anything is sent', async () => {
    const settings = { ...server.settings, allowed: [] };
    const judge = new ModelJudge(settings, new MapCache());
    await expect(judge.judge(INPUT, null)).rejects.toMatchObject({ code: 'forbidden' });
    expect(server.asked).toEqual([]);
  });
});

describe('the hybrid', () => {
  const rule = poolJudge('math', pool, { verifier: 'math', policy: {} });

  test('asks the model only about what the rule refused and two numbers do not settle', async () => {
    const judge = newJudge();
    const verdicts = await hybrid(rule, judge).judge([
      { gold: '1/2', response: '\\boxed{0.5}' },
      { gold: '42', response: '\\boxed{41}' },
      { gold: '42', response: '' },
      { gold: '\\text{the red house}', response: '\\boxed{\\text{a house painted red}}' },
    ]);
    expect(verdicts.map(({ verdict }) => verdict?.status)).toEqual([
      'correct',
      'wrong',
      'unparsed',
      'correct',
    ]);
    expect(judge.use.requests).toBe(1);
  });

  test('a model that refuses takes nothing away, and the verdict of the rule stays', async () => {
    server.answerBy(say('VERDICT: DIFFERENT'));
    const input = { gold: 'x+1', response: '\\boxed{x+2}' };
    const [first] = await rule.judge([input]);
    const [both] = await hybrid(rule, newJudge()).judge([input]);
    expect(both?.verdict).toEqual(first?.verdict);
  });

  test('its gate keeps most attacks from a judge that accepts everything', async () => {
    const probes = probesFor('42', attacks.all, { seed: 3, perAttack: 6 });
    const judge = newJudge({ concurrency: 8 });
    const verdicts = await hybrid(rule, judge).judge(probes);
    const accepted = verdicts.filter(({ verdict }) => verdict?.status === 'correct').length;
    expect(judge.use.requests).toBe(accepted);
    expect(accepted).toBeLessThan(probes.length);
  });

  test('where the model is out of reach there is no verdict, not a refusal', async () => {
    const input = { gold: 'x+1', response: '\\boxed{x+2}' };
    const [judged] = await hybrid(rule, newJudge({ maxRequests: 0 })).judge([input]);
    expect(judged?.verdict).toBeNull();
  });

  test.each([
    ['wrong', 'x', 'y', true],
    ['wrong', '12', '13', false],
    ['wrong', '1,234', '-0.5', false],
    ['wrong', '12', 'twelve', true],
    ['correct', 'x', 'x', false],
    ['unparsed', null, 'x', false],
    ['unparsed', ' ', 'x', false],
    ['unverifiable', 'x^9', 'y', true],
  ])('%s %s for %s needs the model: %s', (status, extracted, gold, expected) => {
    expect(needsModel({ status, extracted }, gold)).toBe(expected);
  });
});

test.each([
  ['VERDICT: SAME', 'same'],
  ['thinking…\n\nverdict: different.\n', 'different'],
  ['<think>VERDICT: SAME</think>', null],
  ['<think>x</think>\nVERDICT: SAME', 'same'],
  ['VERDICT: SAME or VERDICT: DIFFERENT', null],
  ['same', null],
  ['', null],
])('%j is read as %s', (text, expected) => {
  expect(readJudgement(text)).toBe(expected);
});

test.each([
  ['3', 3000],
  ['Fri, 02 Jan 1970 00:00:05 GMT', 5000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['-1', 0],
  ['', null],
  ['soon', null],
  [undefined, null],
])('Retry-After: %j is a wait of %j ms', (header, wait) => {
  expect(readRetryAfter(header, Date.UTC(1970, 0, 2))).toBe(wait);
});

test('nothing is set by default, and half a setting is an error', () => {
  expect(judgeSettings({})).toBeNull();
  expect(() => judgeSettings({ LACONIC_JUDGE_URL: 'https://a.example/v1' })).toThrow('MODEL');
  const settings = judgeSettings({
    LACONIC_JUDGE_URL: 'https://a.example/v1/',
    LACONIC_JUDGE_MODEL: 'm',
    LACONIC_JUDGE_PRICE_IN: '0.5',
  });
  expect(settings).toMatchObject({ baseUrl: 'https://a.example/v1', key: null, prices: null });
});
