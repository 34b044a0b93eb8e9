import { listWords } from '#lib/list-words.ts';
import { latexText } from './latex/latex-text.ts';
import type { FigureData } from './figure-data.ts';
import type { FigureSpec } from './spec.ts';

export interface Caption {
  text: string;
  latex: string;
}

/** What is shown, then where its numbers come from, then the hash of the data: enough to find every number again. */
export function toCaption(data: FigureData, spec: FigureSpec, dataHash: string): Caption {
  const sentences = [
    finish(spec.caption.lead ?? data.facts.subject),
    ...(spec.caption.facts ? factSentences(data, spec) : []),
    `Data ${dataHash.slice(0, 12)}.`,
  ];
  const text = sentences.join(' ');
  return { text, latex: latexText(text) };
}

function factSentences({ facts }: FigureData, spec: FigureSpec): string[] {
  const { benchmarks, decoding, verifiers, lengths, intervals, citations, notes } = facts;
  const items = benchmarks.map(({ name, items: n, samplesPerItem }) => {
    const samples =
      samplesPerItem.length === 0
        ? []
        : [
            `${listWords([...samplesPerItem].sort((a, b) => a - b).map(String))} sample${samplesPerItem.length === 1 && samplesPerItem[0] === 1 ? '' : 's'} per item`,
          ];
    const known = [...(n === null ? [] : [`n = ${n}`]), ...samples];
    return known.length === 0 ? name : `${name} (${known.join(', ')})`;
  });
  const sentences: string[] = [];
  if (items.length > 0)
    sentences.push(`Benchmark${items.length > 1 ? 's' : ''}: ${listWords(items)}.`);
  if (decoding.length > 0) sentences.push(`Decoding: ${decoding.join('; ')}.`);
  if (verifiers.length > 0) sentences.push(`Judged by ${listWords(verifiers)}.`);
  if (lengths !== null) sentences.push(`Lengths: ${lengths}.`);
  if (intervals.length > 0 && spec.intervals) sentences.push(`Intervals: ${listWords(intervals)}.`);
  if (citations.length > 0) sentences.push(`Reported figures: ${listWords(citations)}.`);
  return [...sentences, ...notes];
}

function finish(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

const METHODS: Readonly<Record<string, string>> = {
  wilson: 'Wilson',
  't-items': "Student's t over items",
  't-items-ratio': "Student's t over items",
  'wilson-items': 'Wilson over items',
  normal: 'normal, from standard errors over benchmarks',
  'bootstrap-items': 'percentile bootstrap over items',
};

/** "95 %, Wilson": how an interval was made, for the caption. */
export function describeInterval({ level, method }: { level: number; method: string }): string {
  return `${Number((level * 100).toFixed(2))} %, ${METHODS[method] ?? method}`;
}
