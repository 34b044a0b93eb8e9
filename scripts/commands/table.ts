import { TABLE_FORMATS } from '#lib/figures/render.ts';
import type { Command } from '../command.ts';
import { drawFile, usage } from './figure.ts';

export const command: Command = {
  summary: 'Print a table of a paper from a spec: LaTeX (booktabs), Markdown, CSV',
  usage: usage('table', 'tex, md or csv'),
  run: (args) => drawFile(args, 'table', TABLE_FORMATS),
};
