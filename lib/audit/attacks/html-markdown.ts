import type { Attack } from './attack.ts';

const PIECES = [
  '<div class="result"></div>',
  '<p><b></b></p>',
  '<!-- checked -->',
  '<answer></answer>',
  '<br/>',
  '# Result',
  '---',
  '| | |\n|---|---|\n| | |',
  '```text\n```',
  '**  **',
  '> ',
  '[](#)',
  '<span style="color:green">✔</span>',
];

export const htmlMarkdown: Attack = {
  id: 'html-markdown',
  label: 'HTML and Markdown',
  origin: 'paper',
  description: 'Tags, comments, headings, tables or fences with nothing in them.',
  text: (rng) => Array.from({ length: rng.between(1, 4) }, () => rng.pick(PIECES)).join('\n'),
};
