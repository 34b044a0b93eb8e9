import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from '#lib/env.ts';
import { createVerifierPool, explain, listVerifiers, verify } from '#lib/judge/verify-library.ts';

const run = promisify(execFile);
const folder = await mkdtemp(path.join(tmpdir(), 'laconic-user-'));
afterAll(() => rm(folder, { recursive: true }));

const PROGRAM = `
import { createVerifierPool, listVerifiers, verify } from 'laconic-board/verify';
const pool = createVerifierPool(1);
const [pooled] = await pool.verify([{ response: 'So it is \\\\boxed{1/2}.', gold: '0.5' }]);
await pool.close();
console.log(JSON.stringify({
  plain: verify({ response: 'The answer is 7.', gold: '8' }).status,
  lenient: verify({ response: '27/59', gold: '0.458' }, { policy: { rounding: 'gold-places' } }).status,
  pooled: pooled.status,
  count: listVerifiers().length,
}));
`;

test('a program in another folder imports it by the name of the package, as npm links a file: dependency', async () => {
  await mkdir(path.join(folder, 'node_modules'));
  await symlink(ROOT, path.join(folder, 'node_modules', 'laconic-board'));
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(path.join(folder, 'program.js'), PROGRAM);
  const { stdout } = await run(process.execPath, ['program.js'], { cwd: folder });
  expect(JSON.parse(stdout)).toEqual({
    plain: 'wrong',
    lenient: 'correct',
    pooled: 'correct',
    count: listVerifiers().length,
  });
}, 30_000);

test('a verifier or a switch that does not exist is named', () => {
  const input = { response: '7', gold: '7' };
  expect(() => verify(input, { verifier: 'maths' })).toThrow('There is no verifier called "maths"');
  expect(() => verify(input, { policy: { units: 'some' } })).toThrow(
    'verifier math: units is optional or required.',
  );
});

test('the way to a verdict can be asked for', () => {
  expect(explain({ response: '\\boxed{x+1}', gold: '1+x' })?.rule).toBe('box');
  expect(explain({ response: '7', gold: '7' }, { verifier: 'string' })).toBeNull();
});

test('a pool keeps the order of its inputs', async () => {
  const pool = createVerifierPool(2);
  const inputs = [1, 2, 3, 4, 5].map((n) => ({
    response: String(n),
    gold: n % 2 ? String(n) : '0',
  }));
  const verdicts = await pool.verify(inputs);
  await pool.close();
  expect(verdicts.map(({ status }) => status === 'correct')).toEqual([
    true,
    false,
    true,
    false,
    true,
  ]);
});
