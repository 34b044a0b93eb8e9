import { listWords } from '#lib/list-words.ts';
import type { Rng } from '#lib/rng.ts';

import { PEOPLE } from '../people.ts';
import type { Variable } from '../puzzle.ts';
import { relationRule } from '../rules/relation-rule.ts';
import { ANSWER_INSTRUCTION, type Kind } from './kind.ts';

const SIZES = { easy: 3, medium: 5, hard: 6 };

const KNIGHT = 1;

interface Claim {
  text: string;
  about: readonly number[];
  /** Over the kinds of `about`, in its order. */
  isTrue: (kinds: readonly number[]) => boolean;
}

/** Who tells the truth, when everyone either always does or never does? */
export const knightsAndKnaves: Kind = {
  id: 'knights-and-knaves',
  label: 'Knights and knaves',
  verifier: 'string',
  draft(rng, difficulty) {
    const names = PEOPLE.slice(0, SIZES[difficulty]);
    const secret = names.map(() => rng.below(2));
    if (!secret.includes(KNIGHT)) return null;
    const claims = names.map((_, speaker) => {
      for (;;) {
        const claim = drawClaim(rng, names, speaker);
        const kinds = claim.about.map((person) => secret[person] ?? 0);
        if (claim.isTrue(kinds) === (secret[speaker] === KNIGHT)) return claim;
      }
    });
    const lines = claims.map(({ text }, speaker) => `${names[speaker] ?? ''} says: "${text}."`);
    return {
      prompt: [
        `Each of ${listWords(names)} is either a knight, who says only true things, or a knave, who says only false things.`,
        ...lines,
        `Write the first letters of all knights in alphabetical order as one word. ${ANSWER_INSTRUCTION}`,
      ].join('\n'),
      puzzle: {
        variables: names.map((name): Variable => ({
          name: `the kind of ${name}`,
          domain: [0, KNIGHT],
          show: describeKind,
          say: (value) => `${name} is a ${describeKind(value)}`,
        })),
        rules: claims.map(({ text, about, isTrue }, speaker) =>
          relationRule({
            name: `the statement of ${names[speaker] ?? ''}`,
            scope: [speaker, ...about],
            text,
            holds: ([kind, ...kinds]) => isTrue(kinds) === (kind === KNIGHT),
          }),
        ),
        answer(values) {
          const knights = names.filter((_, index) => values[index] === KNIGHT);
          return knights.length === 0 ? 'none' : knights.map((name) => name.slice(0, 1)).join('');
        },
      },
    };
  },
};

function describeKind(value: number): string {
  return value === KNIGHT ? 'knight' : 'knave';
}

function drawClaim(rng: Rng, names: readonly string[], speaker: number): Claim {
  const others = rng.shuffle(names.map((_, index) => index).filter((index) => index !== speaker));
  const about = others.slice(0, 2);
  const [a = '', b = ''] = about.map((index) => names[index] ?? '');
  const one = about.slice(0, 1);
  return rng.pick<Claim>([
    { text: `${a} is a knave`, about: one, isTrue: ([x]) => x !== KNIGHT },
    { text: `${a} and ${b} are of the same kind`, about, isTrue: ([x, y]) => x === y },
    { text: `Exactly one of ${a} and ${b} is a knight`, about, isTrue: ([x, y]) => x !== y },
    {
      text: `${a} is a knight or ${b} is a knave, or both`,
      about,
      isTrue: ([x, y]) => x === KNIGHT || y !== KNIGHT,
    },
    {
      text: `${a} and ${b} are both knights`,
      about,
      isTrue: ([x, y]) => x === KNIGHT && y === KNIGHT,
    },
  ]);
}
