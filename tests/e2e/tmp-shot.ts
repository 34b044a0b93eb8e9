import { launchBrowser } from './browser.ts';
import { settle, overflowOf, seriousViolations } from './page-checks.ts';
const browser = await launchBrowser();
for (const [name, path, width] of JSON.parse(process.argv[2] ?? '[]') as [string, string, number][]) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  page.on('console', (m) => { if (m.type() === 'error') console.log(name, 'console', m.text().slice(0, 300)); });
  await page.goto(`http://localhost:3950${path}`);
  await settle(page);
  console.log(name, await page.title(), 'overflow', await overflowOf(page), await seriousViolations(page));
  await page.screenshot({ path: `/tmp/ana-${name}.png`, fullPage: true });
  await page.close();
}
await browser.close();
