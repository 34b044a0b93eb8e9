import type { FileReport } from '#lib/ingest/inspect-file.ts';

const SHOWN_FINDINGS = 20;

/** What `laconic inspect` prints of one file. */
export function describeReport(
  result: FileReport | { file: string; error: { message: string } },
): string {
  if ('error' in result) return `${result.file}\n  not read    ${result.error.message}\n`;
  const { rows, tokens, hints } = result;
  const run = [hints.model, hints.benchmark, hints.split].map((hint) => hint ?? '—').join(' · ');
  const params = Object.entries(hints.params).map(([name, value]) => `${name}=${value}`);
  const lines: [string, string][] = [
    ['format', `${result.label} (${result.format}): ${result.evidence}`],
    ['run', `${run}${params.length === 0 ? '' : `  ${params.join(' ')}`}`],
    [
      'rows',
      `${rows.received} received = ${rows.read} read + ${rows.skipped} skipped + ${rows.rejected} rejected`,
    ],
    ['attempts', describeAttempts(result)],
    ['tokens', describeTokens(result)],
    ...(tokens.counted === null
      ? []
      : [['counted', describeCounted(tokens.counted)] satisfies [string, string]]),
    ['characters', describeMean(result.characters, result.attempts)],
    ['ended', describeCounts(result.finishReasons)],
    ['reported', describeReported(result)],
    ...tokens.notes.map((note): [string, string] => ['note', note]),
    ...result.unknowns.map((unknown): [string, string] => ['unknown', unknown]),
    ...result.findings.slice(0, SHOWN_FINDINGS).map((finding): [string, string] => {
      const { line, byteOffset, pointer, code, message, hint } = finding;
      const place = `line ${line ?? '?'} (byte ${byteOffset ?? '?'}) ${pointer ?? ''}`.trim();
      return ['rejected', `${place} ${code}: ${message}${hint === undefined ? '' : ` ${hint}`}`];
    }),
  ];
  const untold = rows.rejected - Math.min(SHOWN_FINDINGS, result.findings.length);
  if (untold > 0) lines.push(['rejected', `${untold} more`]);
  return `${result.file}\n${lines.map(([name, text]) => `  ${name.padEnd(11)} ${text}`).join('\n')}\n`;
}

function describeAttempts({
  attempts,
  items,
  itemsWithGold,
  samplesPerItem,
  errors,
}: FileReport): string {
  if (samplesPerItem === null) return 'none';
  const { least, most } = samplesPerItem;
  const samples = least === most ? String(most) : `${least} to ${most}`;
  const failed = errors === 0 ? '' : `, ${errors} with an error`;
  return `${attempts} of ${items} items (${itemsWithGold} with their gold), ${samples} samples an item${failed}`;
}

function describeTokens({ tokens, attempts }: FileReport): string {
  if (tokens.outputTotal === null) return 'none reported';
  const counted = attempts - (tokens.sources.unknown ?? 0);
  return `${describeCounts(tokens.sources)}; output ${describeMean(tokens.outputTotal, counted)}`;
}

function describeCounted({
  tokenizer,
  attempts,
  outputTotal,
}: NonNullable<FileReport['tokens']['counted']>): string {
  return `${describeMean(outputTotal, attempts)} over ${attempts} attempts with text, by ${tokenizer}`;
}

function describeReported({ reported, samplesPerItem }: FileReport): string {
  if (reported === null) return 'no scores';
  const { scored, meanScore, correct, wrong } = reported;
  return `mean score ${meanScore.toFixed(4)} over ${scored} samples (K = ${samplesPerItem?.most ?? 0}); ${correct} right, ${wrong} wrong`;
}

function describeMean(total: number, count: number): string {
  return count === 0 ? String(total) : `${total} in all, ${(total / count).toFixed(1)} a sample`;
}

function describeCounts(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}
