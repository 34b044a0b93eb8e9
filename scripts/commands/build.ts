import { buildWeb } from '../build-web.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  summary: 'Build the web pages for production',
  usage:
    'Usage: laconic build\n\nBuilds the web pages; `laconic start` does it by itself when they are missing or stale.',
  async run() {
    await buildWeb();
    process.stdout.write('The web pages are built.\n');
    return 0;
  },
};
