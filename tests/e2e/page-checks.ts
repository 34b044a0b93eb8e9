import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const QUIET_MS = 300;
const PATIENCE_MS = 10_000;

/** Until scripts have run and nothing has changed in the page for a while; prefetching may go on for ever. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.evaluate(
    ([quietMs, patienceMs]) =>
      new Promise<void>((resolve) => {
        let timer = setTimeout(resolve, quietMs);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(resolve, quietMs);
        });
        observer.observe(document, { subtree: true, childList: true, attributes: true });
        setTimeout(resolve, patienceMs);
      }),
    [QUIET_MS, PATIENCE_MS] as const,
  );
}

/** How far the page is wider than the window, in pixels; 0 when nothing has to be scrolled sideways. */
export async function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return Math.max(0, scrollWidth - clientWidth);
  });
}

/** What axe finds serious or critical: rule, place and why. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id} (${help}): ${node.html.slice(0, 160)}`),
    );
}

/** Everything that text of a model must not be able to cause; stays empty on a safe page. */
export function watchForHarm(page: Page, origin: string): string[] {
  const harm: string[] = [];
  page.on('dialog', (dialog) => {
    harm.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = request.url();
    const isOurs =
      url.startsWith(`${origin}/`) || url.startsWith('data:') || url.startsWith('blob:');
    if (!isOurs) harm.push(`request: ${url}`);
  });
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) harm.push(`policy: ${message.text()}`);
  });
  page.on('pageerror', (error) => harm.push(`error: ${error.message}`));
  page.on('popup', () => harm.push('a window was opened'));
  return harm;
}

/** Pastes the token where a submitter pastes it; the browser then holds a session. */
export async function signIn(page: Page, origin: string, token: string): Promise<void> {
  await page.goto(`${origin}/admin`);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}
