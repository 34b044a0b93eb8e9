import { createRng, type Rng } from '#lib/rng.ts';

/** What a file is made of, and what its scoring must come to. */
export interface ResultFile {
  text: string;
  rows: number;
  attempts: number;
  outcomes: { correct: number; wrong: number; unparsed: number };
}

interface Size {
  items: number;
  samples: number;
  /** About so many characters of reasoning in a response. */
  characters: number;
}

type Wanted = 'correct' | 'wrong' | 'unparsed';

interface Sample {
  wanted: Wanted;
  output: string;
}

/** In the format of the Qwen2.5-Math harness: one row a question, its samples in `code`. */
export function harnessFile(seed: string, size: Size): ResultFile {
  return build(size, (item) => {
    const samples = samplesOf(seed, item, size);
    const { question, sum } = questionOf(item);
    const row = {
      idx: item,
      question,
      gt_cot: null,
      gt: String(sum),
      code: samples.map(({ output }) => output),
      pred: samples.map(({ wanted }) => (wanted === 'correct' ? String(sum) : '')),
      report: samples.map(() => null),
      score: samples.map(({ wanted }) => wanted === 'correct'),
      finish_reason: samples.map(({ wanted }) => (wanted === 'unparsed' ? 'length' : 'stop')),
    };
    return { lines: [row], samples };
  });
}

/** In Laconic's own format: one row a sample, reasoning and answer apart, counts by the runner. */
export function laconicFile(seed: string, size: Size): ResultFile {
  return build(size, (item) => {
    const samples = samplesOf(seed, item, size);
    const { question, sum } = questionOf(item);
    const lines = samples.map(({ output, wanted }, index) => ({
      laconic: 1,
      sample_index: index,
      prompt: question,
      gold: String(sum),
      output,
      finish_reason: wanted === 'unparsed' ? 'length' : 'stop',
      tokens: { output: Math.ceil(output.length / 4), source: 'runner' },
    }));
    return { lines, samples };
  });
}

function build(
  { items }: Size,
  rowsOf: (item: number) => { lines: readonly object[]; samples: readonly Sample[] },
): ResultFile {
  const outcomes = { correct: 0, wrong: 0, unparsed: 0 };
  const lines: string[] = [];
  let attempts = 0;
  for (let item = 0; item < items; item += 1) {
    const { lines: rows, samples } = rowsOf(item);
    lines.push(...rows.map((row) => JSON.stringify(row)));
    for (const { wanted } of samples) outcomes[wanted] += 1;
    attempts += samples.length;
  }
  return { text: `${lines.join('\n')}\n`, rows: lines.length, attempts, outcomes };
}

/** The same questions in every file, so that both stand on one board. */
function questionOf(item: number): { question: string; sum: number } {
  const rng = createRng('e2e', 'question', item);
  const terms = Array.from({ length: 3 }, () => rng.between(100, 999));
  return {
    question: `Problem ${String(item)}: what is ${terms.join(' + ')}?`,
    sum: terms.reduce((sum, term) => sum + term, 0),
  };
}

function samplesOf(seed: string, item: number, { samples, characters }: Size): Sample[] {
  const { sum } = questionOf(item);
  return Array.from({ length: samples }, (_, index) => {
    const rng = createRng('e2e', seed, item, index);
    const chance = rng.float();
    const wanted: Wanted = chance < 0.6 ? 'correct' : chance < 0.9 ? 'wrong' : 'unparsed';
    const thoughts = think(rng, characters);
    if (wanted === 'unparsed') return { wanted, output: `<think>\n${thoughts}` };
    const answer = wanted === 'correct' ? sum : sum + rng.between(1, 50);
    return {
      wanted,
      output: `<think>\n${thoughts}\n</think>\nThe sum is \\boxed{${String(answer)}}.`,
    };
  });
}

function think(rng: Rng, characters: number): string {
  const steps: string[] = [];
  for (let length = 0; length < characters; length += steps.at(-1)?.length ?? 0) {
    const [left, right] = [rng.between(10, 999), rng.between(10, 999)];
    const words = rng.pick(['First,', 'Then', 'Wait, let me check:', 'Alternatively,', 'So']);
    steps.push(`${words} ${String(left)} plus ${String(right)} makes ${String(left + right)}.`);
  }
  return steps.join(' ');
}
