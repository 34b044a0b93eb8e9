import { migrate } from '#lib/db/migrate.ts';
import { databaseUrl } from '#lib/env.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  summary: 'Bring the database at DATABASE_URL up to date',
  usage: 'Usage: DATABASE_URL=postgresql://… laconic migrate',
  async run() {
    const applied = await migrate(databaseUrl());
    process.stdout.write(
      applied.length === 0 ? 'The database is up to date.\n' : `Applied ${applied.join(', ')}.\n`,
    );
    return 0;
  },
};
