import { launchBrowser } from '#tests/e2e/browser.ts';
const [,, name, path, mode='desktop', act=''] = process.argv;
const b = await launchBrowser();
const page = await b.newPage({ viewport: mode.startsWith('phone') ? {width:390,height:844} : {width:1440,height:1000}, colorScheme: mode.endsWith('dark') ? 'dark':'light' });
page.on('console', m => { if (m.type()==='error') console.log('CONSOLE', m.text().slice(0,300)); });
page.on('pageerror', e => console.log('PAGEERROR', e.message.slice(0,300)));
const t0=Date.now();
await page.goto('http://localhost:3105'+path); await page.waitForLoadState('networkidle');
console.log('loaded', Date.now()-t0);
for (const a of act.split('|').filter(Boolean)) { if (a.startsWith('key:')) { await page.keyboard.press(a.slice(4)); } else if (a.startsWith('click:')) await page.getByText(a.slice(6)).first().click(); else if (a.startsWith('scroll:')) await page.mouse.wheel(0, Number(a.slice(7))); else if (a.startsWith('wait:')) await page.waitForTimeout(Number(a.slice(5))); await page.waitForTimeout(400); }
await page.screenshot({ path: `/tmp/red-${name}.png`, fullPage: mode.includes('full') });
console.log('scrollW', await page.evaluate(() => document.documentElement.scrollWidth));
await b.close();
