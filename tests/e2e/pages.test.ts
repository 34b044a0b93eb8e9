import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disconnect, type Db } from '#lib/db/client.ts';
import { ROOT } from '#lib/env.ts';
import { Board } from '#lib/schemas/board.ts';
import { launchBrowser } from './browser.ts';
import { crawl, readableAddresses } from './crawl.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import {
  createDataFolder,
  laconic,
  removeDataFolder,
  startInstallation,
  type Installation,
} from './installation.ts';
import { overflowOf, seriousViolations, settle, signIn, watchForHarm } from './page-checks.ts';
import { waitFor } from './waiting.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** Others see a way to sign in there. */
const FOR_SUBMITTERS = /^\/(?:submit|submissions|admin)/;
const HOSTILE_BENCHMARK = 'hostile texts';

const folder = await createDataFolder();
let installation: Installation;
let browser: Browser;
let db: Db;
let token: string;

beforeAll(async () => {
  installation = await startInstallation({ folder });
  [browser, db] = await Promise.all([launchBrowser(), installation.connect()]);
  const made = await laconic(['token', 'create', 'admin', '--scope', 'admin,submit'], {
    LACONIC_DATA: folder,
  });
  token = made.stdout.trim();
  await waitFor('the scores of the demo runs', 240, async () => {
    const { rows } = await db.pool.query(
      `select count(*) filter (where state = 'scoring') as waiting, count(*) as all from run
       where trust_level = 'scored'`,
    );
    const [counts] = rows as { waiting: string; all: string }[];
    return counts?.waiting === '0' && counts.all !== '0' ? counts : null;
  });
});

afterAll(async () => {
  await browser.close();
  await disconnect(db);
  await installation.stop();
  await removeDataFolder(folder);
});

/** Opens a page in a browser of its own; `harm` is what its texts have caused. */
async function open(
  address: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; harm: string[]; close: () => Promise<void> }> {
  const context = await browser.newContext({ viewport: DESKTOP, ...options });
  const page = await context.newPage();
  const harm = watchForHarm(page, installation.url);
  if (FOR_SUBMITTERS.test(address)) await signIn(page, installation.url, token);
  const response = await page.goto(`${installation.url}${address}`);
  expect(response?.status(), address).toBeLessThan(400);
  await settle(page);
  return { page, harm, close: () => context.close() };
}

async function addresses(): Promise<Record<string, string>> {
  const { rows } = await db.pool.query<{ run: string; item: string; submission: string }>(
    `select r.id as run, a.item_key as item, r.submission_id as submission
     from run r join benchmark b on b.id = r.benchmark_id join attempt a on a.run_id = r.id
     where r.trust_level = 'scored' and b.name <> $1 and a.sample_index = 0
     order by r.id, a.position limit 1`,
    [HOSTILE_BENCHMARK],
  );
  const { run, item, submission } = rows[0]!;
  const { rows: compared } = await db.pool.query<{ id: string }>(
    `select r.id from run r join benchmark b on b.id = r.benchmark_id
     where b.name = 'laconic-demo' and r.state = 'done' and r.attempts > 0 order by r.id limit 3`,
  );
  return {
    board: '/',
    run: `/runs/${run}`,
    sample: `/runs/${run}/${encodeURIComponent(item)}/0`,
    submit: '/submit',
    submission: `/submissions/${submission}`,
    submissions: '/submissions',
    admin: '/admin',
    methods: '/methods',
    metrics: '/metrics',
    rewards: '/rewards',
    verifiers: '/verifiers?benchmark=laconic-training-demo',
    table: '/?benchmark=laconic-training-demo&view=table&sensitivity=true&metric=reg',
    series: '/series?benchmark=laconic-demo&family=assumption',
    logic: '/logic',
    compare: `/compare?runs=${compared.map(({ id }) => id).join(',')}`,
    verdicts: '/benchmarks/laconic-demo/verdicts',
    documentation: '/docs/api',
  };
}

describe('every page', () => {
  test('fits a desktop and a phone and has nothing that axe finds serious, in light and dark', async () => {
    const found: string[] = [];
    const looks = Object.entries(await addresses()).flatMap(([name, address]) =>
      [DESKTOP, PHONE].map((viewport) => ({ name, address, viewport })),
    );
    const lookAt = async ({ name, address, viewport }: (typeof looks)[number]) => {
      const { page, harm, close } = await open(address, { viewport });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await settle(page);
        const look = `${name}, ${colorScheme}, ${String(viewport.width)} px`;
        const overflow = await overflowOf(page);
        if (overflow > 0) found.push(`${look}: ${String(overflow)} px too wide`);
        // On a phone once: its layout is another, its colours are not.
        const isAsked = viewport === DESKTOP || colorScheme === 'light';
        const violations = isAsked ? await seriousViolations(page) : [];
        found.push(...[...violations, ...harm.splice(0)].map((finding) => `${look}: ${finding}`));
      }
      await close();
    };
    // Two pages at a time: while one waits for the server, the other is drawn.
    const lane = async () => {
      for (let look = looks.shift(); look !== undefined; look = looks.shift()) await lookAt(look);
    };
    await Promise.all([lane(), lane()]);
    expect(found).toEqual([]);
  });
});

describe('the board', () => {
  test('its chart has a table of the same numbers within reach of the keyboard', async () => {
    const { page, close } = await open('/?benchmark=laconic-demo');
    const tab = page.getByRole('tab', { name: 'Table' });
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      const isTab = await page.evaluate(
        () => document.activeElement?.getAttribute('role') === 'tab',
      );
      if (isTab) break;
    }
    await page.keyboard.press('ArrowRight');
    expect(await tab.getAttribute('aria-selected')).toBe('true');
    const table = page.getByRole('tabpanel').getByRole('table');
    const text = (await table.innerText()).replaceAll(',', '');
    const shown = await fetch(`${installation.url}/api/v1/leaderboard?benchmark=laconic-demo`);
    const board = Board.parse(await shown.json());
    expect(board.front.length).toBeGreaterThan(1);
    for (const { runId } of board.front) {
      const row = board.rows.find((candidate) => candidate.runId === runId)!;
      expect(text).toContain(row.label);
      expect(text).toContain((row.figures.accuracy! * 100).toFixed(1));
    }
    await close();
  });

  test.runIf(process.env.LACONIC_SCREENSHOT === '1')('its picture is taken', async () => {
    const { page, close } = await open('/', { deviceScaleFactor: 2 });
    const folderOfImages = path.join(ROOT, 'docs', 'images');
    await mkdir(folderOfImages, { recursive: true });
    await page.screenshot({ path: path.join(folderOfImages, 'board.png') });
    await close();
  });

  test('a region dragged open on its chart narrows the table, and a link brings it back', async () => {
    const { page, close } = await open('/?benchmark=laconic-demo');
    const rows = page.getByRole('region', { name: 'All runs' }).locator('tbody tr');
    const all = await rows.count();
    const plot = page.locator('rect.cursor-crosshair');
    const box = (await plot.boundingBox())!;
    await page.mouse.move(box.x + 1, box.y + 1);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    const chip = page.getByRole('status').filter({ hasText: 'accuracy' });
    await chip.waitFor();
    const narrowed = await rows.count();
    expect(narrowed).toBeLessThan(all);
    expect(await chip.innerText()).toContain(`${String(narrowed)} of ${String(all)} runs`);

    const link = new URL(page.url());
    expect(link.searchParams.has('region')).toBe(true);
    const again = await open(`${link.pathname}${link.search}`);
    expect(await again.page.getByRole('status').filter({ hasText: 'accuracy' }).innerText()).toBe(
      await chip.innerText(),
    );
    await again.page.getByRole('button', { name: 'Show all' }).click();
    await waitFor('all rows', 20, async () => {
      const shown = await again.page
        .getByRole('region', { name: 'All runs' })
        .locator('tbody tr')
        .count();
      return shown === all ? shown : null;
    });
    await again.close();
    await close();
  });
});

describe('text of a model', () => {
  const FIELDS = ['model', 'method', 'label', 'family', 'param'] as const;

  beforeAll(async () => {
    const file = path.join(folder, 'hostile.jsonl');
    const rows = HOSTILE_TEXTS.map((text, index) =>
      JSON.stringify({
        laconic: 1,
        item_key: `hostile-${String(index)}`,
        prompt: `${text} What is 2 + 2?`,
        gold: '4',
        difficulty: text,
        groups: { kind: text },
        output: `<think>Wait, ${text}</think>${text} \\boxed{${index % 2 === 0 ? '4' : text}}`,
        error: index % 7 === 3 ? { code: text, message: text } : null,
      }),
    );
    await writeFile(file, rows.join('\n'));
    // Every text stands once in each kind of name: five names a run.
    for (let first = 0; first < HOSTILE_TEXTS.length; first += 8) {
      const text = (offset: number) =>
        HOSTILE_TEXTS[(first + offset) % HOSTILE_TEXTS.length]!.slice(0, 190);
      const names = FIELDS.flatMap((field, offset) =>
        field === 'param' ? ['--param', `x=${text(offset)}`] : [`--${field}`, text(offset)],
      );
      const args = ['submit', file, '--benchmark', HOSTILE_BENCHMARK, ...names];
      const sent = await laconic([...args, '--server', installation.url], {
        LACONIC_TOKEN: token,
      });
      expect(sent.stderr + sent.stdout).toContain('done');
      expect(sent.code).toBe(0);
    }
  });

  test('runs nothing and calls nobody, on the board, the run, the samples and the submission', async () => {
    const { rows } = await db.pool.query<{ id: string; submission: string }>(
      `select r.id, r.submission_id as submission from run r
       join benchmark b on b.id = r.benchmark_id where b.name = $1 order by r.id`,
      [HOSTILE_BENCHMARK],
    );
    expect(rows).toHaveLength(Math.ceil(HOSTILE_TEXTS.length / 8));
    const context = await browser.newContext({ viewport: DESKTOP });
    const page = await context.newPage();
    const harm = watchForHarm(page, installation.url);
    await signIn(page, installation.url, token);
    const board = `/?benchmark=${encodeURIComponent(HOSTILE_BENCHMARK)}`;
    const visited = [
      board,
      `${board}&view=table`,
      `${board}&q=${encodeURIComponent(HOSTILE_TEXTS[0]!)}`,
      ...rows.flatMap(({ id, submission }) => [`/runs/${id}`, `/submissions/${submission}`]),
      '/admin',
      '/submissions',
      ...HOSTILE_TEXTS.map((_, index) => `/runs/${rows[0]!.id}/hostile-${String(index)}/0`),
    ];
    for (const address of visited) {
      await page.goto(`${installation.url}${address}`);
      await settle(page);
      expect(harm, address).toEqual([]);
    }
    await page.goto(`${installation.url}/runs/${rows[0]!.id}/hostile-0/0`);
    expect(await page.locator('body').innerText()).toContain(HOSTILE_TEXTS[0]);
    await context.close();
  });

  test('a download is a file, never a page', async () => {
    const { rows } = await db.pool.query<{ id: string }>(
      `select r.id from run r join benchmark b on b.id = r.benchmark_id where b.name = $1 limit 1`,
      [HOSTILE_BENCHMARK],
    );
    for (const format of ['jsonl', 'csv']) {
      const answer = await fetch(
        `${installation.url}/api/v1/runs/${rows[0]!.id}/download?format=${format}`,
      );
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-type')).not.toMatch(/html|svg/);
      await answer.body?.cancel();
    }
  });
});

describe('hidden golds', () => {
  const BENCHMARK = 'hidden golds';
  const GOLDS = Array.from({ length: 8 }, (_, index) => String(739_148_250_617 + index * 977));

  test('leave by no link, page, download or address of the API', async () => {
    const items = path.join(folder, 'hidden.jsonl');
    const results = path.join(folder, 'hidden-results.jsonl');
    const rows = GOLDS.map((gold, index) => ({ item_key: `secret-${String(index)}`, gold }));
    await writeFile(
      items,
      rows
        .map((row) => JSON.stringify({ key: row.item_key, prompt: 'How many?', answer: row.gold }))
        .join('\n'),
    );
    await writeFile(
      results,
      rows
        .map(({ item_key }, index) =>
          JSON.stringify({
            ...{ laconic: 1, item_key, output: `<think>Wait.</think> \\boxed{${String(index)}}` },
          }),
        )
        .join('\n'),
    );
    const env = { LACONIC_TOKEN: token };
    const named = ['--server', installation.url];
    const declared = await laconic(
      ['benchmark', 'import', items, '--name', BENCHMARK, '--hidden-gold', ...named],
      env,
    );
    expect(declared.code, declared.stderr).toBe(0);
    for (const model of ['one', 'two']) {
      const args = ['submit', results, '--benchmark', BENCHMARK, '--model', model, ...named];
      const sent = await laconic(args, env);
      expect(sent.code, sent.stderr).toBe(0);
    }
    const { rows: runs } = await db.pool.query<{ id: string; benchmark: string; sent: string }>(
      `select r.id, r.benchmark_id as benchmark, r.submission_id as sent from run r
       join benchmark b on b.id = r.benchmark_id where b.name = $1 order by r.id`,
      [BENCHMARK],
    );
    const [run, other] = runs as [(typeof runs)[0], (typeof runs)[0]];
    const board = encodeURIComponent(BENCHMARK);
    const idsOf = (address: string): Record<string, string> => {
      if (address.includes('/benchmarks/')) return { id: run.benchmark };
      if (address.includes('/runs/')) return { id: run.id, item: 'secret-3', k: '0' };
      return address.includes('/submissions/') ? { id: run.sent } : {};
    };
    const start = [
      `/?benchmark=${board}`,
      `/?benchmark=${board}&view=table`,
      `/runs/${run.id}/secret-3/0`,
      `/compare?runs=${run.id},${other.id}`,
      `/series?benchmark=${board}`,
      `/benchmarks/${run.benchmark}/verdicts`,
      `/api/v1/compare?runs=${run.id},${other.id}`,
      `/api/v1/runs/${run.id}/download?format=jsonl`,
      `/api/v1/runs/${run.id}/download?format=csv`,
      ...(await readableAddresses(installation.url, idsOf)).filter(
        // It goes on for as long as the submission does.
        (address) => !address.endsWith('/events'),
      ),
    ];
    const isWanted = (address: string) =>
      [run.id, other.id, run.benchmark, board].some((id) => address.includes(id));
    const stranger = await laconic(['token', 'create', 'stranger', '--scope', 'submit'], {
      LACONIC_DATA: folder,
    });
    for (const headers of [{}, { authorization: `Bearer ${stranger.stdout.trim()}` }]) {
      const crawled = await crawl({
        ...{ base: installation.url, start, isWanted, headers, most: 600 },
      });
      const leaks = crawled.flatMap(({ address, text }) =>
        GOLDS.filter((gold) => text.includes(gold)).map((gold) => `${gold} at ${address}`),
      );
      expect(leaks).toEqual([]);
      const read = crawled.filter(({ status }) => status === 200);
      expect(read.length).toBeGreaterThan(40);
      // What was looked through does hold the answers of the run itself.
      expect(read.some(({ text }) => text.includes('\\boxed{3}'))).toBe(true);
    }
  });
});

describe('for a paper', () => {
  test('the dialog of the board draws the numbers of the API, and its PDF comes down', async () => {
    const { page, harm, close } = await open('/?benchmark=laconic-demo');
    await page.getByRole('button', { name: 'For a paper', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('svg path[data-accuracy]').first().waitFor();
    const drawn = await dialog
      .locator('svg path[data-accuracy]')
      .evaluateAll((marks) =>
        marks.map((mark) => [
          mark.getAttribute('data-run-id'),
          mark.getAttribute('data-accuracy'),
          mark.getAttribute('data-tokens'),
        ]),
      );
    const answer = await fetch(`${installation.url}/api/v1/leaderboard?benchmark=laconic-demo`);
    const board = Board.parse(await answer.json());
    expect(drawn.toSorted()).toEqual(
      board.rows
        .map(({ runId, figures }) => [runId, String(figures.accuracy), String(figures.tokensMean)])
        .toSorted(),
    );
    await page.selectOption('#figure-venue', 'nature');
    await dialog.locator('svg path[data-accuracy]').first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('link', { name: 'PDF' }).click(),
    ]);
    const pdf = await readFile(await download.path());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await seriousViolations(page)).toEqual([]);
    expect(harm).toEqual([]);
    await close();
  });

  test('the worked examples run on a fresh installation, twice to the same bytes', async () => {
    const environment = { LACONIC_DATA: folder };
    const target = path.join(folder, 'figs');
    const manifests: string[] = [];
    for (const round of ['first', 'second']) {
      const output = path.join(target, round);
      const made = await laconic(
        ['paper', 'docs/examples/demo-paper.yaml', '-o', output],
        environment,
      );
      expect(made.code, made.stderr).toBe(0);
      manifests.push(await readFile(path.join(output, 'MANIFEST.json'), 'utf8'));
    }
    expect(manifests[1]).toBe(manifests[0]);
    const figure = path.join(target, 'laser.pdf');
    const table = path.join(target, 'laser.tex');
    for (const args of [
      ['figure', 'docs/examples/laser-figure.yaml', '-o', figure],
      ['table', 'docs/examples/laser-table.yaml', '-o', table],
    ]) {
      const drawn = await laconic(args, environment);
      expect(drawn.code, drawn.stderr).toBe(0);
    }
    expect(await readFile(table, 'utf8')).toContain('\\bfseries 85.6');
    const wrong = await laconic(
      ['figure', 'docs/examples/laser-table.yaml', '-o', figure],
      environment,
    );
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/has no pdf/);
  });
});
