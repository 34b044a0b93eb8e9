import { listWords } from '#lib/list-words.ts';
import type { Rng } from '#lib/rng.ts';

import { PEOPLE } from '../people.ts';
import type { Variable } from '../puzzle.ts';
import { differentRule } from '../rules/different-rule.ts';
import { type Relation, relationRule } from '../rules/relation-rule.ts';
import { ANSWER_INSTRUCTION, type Kind } from './kind.ts';

const SIZES = {
  easy: { people: 4, clues: 3 },
  medium: { people: 5, clues: 5 },
  hard: { people: 6, clues: 9 },
};

type Clue = Omit<Relation, 'name'>;

/** Who sits where in a row of seats? */
export const seatingOrder: Kind = {
  id: 'seating-order',
  label: 'Seating order',
  verifier: 'string',
  draft(rng, difficulty) {
    const { people, clues: count } = SIZES[difficulty];
    const names = PEOPLE.slice(0, people);
    const seats = names.map((_, index) => index + 1);
    const secret = rng.shuffle(seats);
    const clues = new Map<string, Clue>();
    while (clues.size < count) {
      const clue = drawClue(rng, names);
      if (clue.holds(clue.scope.map((person) => secret[person] ?? 0))) clues.set(clue.text, clue);
    }
    const texts = [...clues.keys()];
    return {
      prompt: [
        `${listWords(names)} sit in a row of ${people} seats, one person in each. The seats are numbered 1 to ${people} from left to right.`,
        ...texts.map((text, index) => `(${index + 1}) ${text}.`),
        `Write the first letters of their names from seat 1 to seat ${people} as one word. ${ANSWER_INSTRUCTION}`,
      ].join('\n'),
      puzzle: {
        variables: names.map((name): Variable => ({
          name: `the seat of ${name}`,
          domain: seats,
          show: (seat) => `${seat}`,
          say: (seat) => `${name} sits in seat ${seat}`,
        })),
        rules: [
          differentRule(
            'the list of seats',
            names.map((_, index) => index),
          ),
          ...[...clues.values()].map((clue, index) =>
            relationRule({ ...clue, name: `clue ${index + 1}` }),
          ),
        ],
        answer(values) {
          const order = names.map((name, index) => ({
            initial: name.slice(0, 1),
            seat: values[index] ?? 0,
          }));
          return order
            .sort((a, b) => a.seat - b.seat)
            .map(({ initial }) => initial)
            .join('');
        },
      },
    };
  },
};

function drawClue(rng: Rng, names: readonly string[]): Clue {
  const [first = 0, second = 0] = rng.shuffle(names.map((_, index) => index));
  const [a, b] = [names[first] ?? '', names[second] ?? ''];
  const pair = [first, second];
  const gap = (seats: readonly number[]) => Math.abs((seats[0] ?? 0) - (seats[1] ?? 0));
  const apart = rng.between(2, 3);
  return rng.pick<Clue>([
    {
      scope: pair,
      text: `${a} sits somewhere to the left of ${b}`,
      holds: ([x = 0, y = 0]) => x < y,
    },
    { scope: pair, text: `${a} sits next to ${b}`, holds: (seats) => gap(seats) === 1 },
    { scope: pair, text: `${a} does not sit next to ${b}`, holds: (seats) => gap(seats) !== 1 },
    {
      scope: pair,
      text: `The seat numbers of ${a} and ${b} differ by exactly ${apart}`,
      holds: (seats) => gap(seats) === apart,
    },
    {
      scope: [first],
      text: `${a} does not sit at either end of the row`,
      holds: ([seat = 0]) => seat !== 1 && seat !== names.length,
    },
    { scope: [first], text: `${a} has an even seat number`, holds: ([seat = 0]) => seat % 2 === 0 },
  ]);
}
