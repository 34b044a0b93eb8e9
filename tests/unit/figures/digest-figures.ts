import { createHash } from 'node:crypto';
import { formatsOf, renderFigure } from '#lib/figures/render.ts';
import { figureFonts } from '#lib/paper/font-files.ts';
import { fixtureFigure, SPECS } from './figure-fixture.ts';

/** Prints the hash of every file of every kind, for a process of its own. */
for (const [kind, spec] of Object.entries(SPECS)) {
  const figure = await fixtureFigure(spec);
  for (const format of formatsOf(figure.parsed)) {
    const content = await renderFigure(figure, format, figureFonts(), { dpi: 150 });
    const hash = createHash('sha256').update(content).digest('hex');
    process.stdout.write(`${kind}.${format} ${hash}\n`);
  }
}
