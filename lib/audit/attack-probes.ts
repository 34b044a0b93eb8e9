import { createRng, type Rng } from '#lib/rng.ts';
import type { Attack } from './attacks/attack.ts';

/** A response without an answer, made for one reference: whoever accepts it was talked into it. */
export interface AttackProbe {
  attack: string;
  gold: string;
  response: string;
}

export interface ProbePlan {
  seed: number;
  perAttack: number;
}

/** Where the text of an attack stands in the response: alone, in the box, or announced as the answer. */
const DRESSES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `Reasoning omitted.\n\\boxed{${text}}`,
  (text) => `The final answer is: ${text}`,
];

const MAX_DRAWS = 40;

/** `perAttack` probes of each attack for one reference; the same seed gives the same probes. */
export function probesFor(
  gold: string,
  attacks: readonly Attack[],
  { seed, perAttack }: ProbePlan,
): AttackProbe[] {
  return attacks.flatMap((attack) =>
    Array.from({ length: perAttack }, (_, index) => {
      const rng = createRng('attack-probe', attack.id, seed, gold, index);
      const text = drawText(attack, gold, rng);
      const dress = DRESSES[index % DRESSES.length];
      if (text === null || dress === undefined) return [];
      return [{ attack: attack.id, gold, response: dress(text) }];
    }).flat(),
  );
}

/** A text that does not say the reference by chance; null when the attack has none. */
function drawText(attack: Attack, gold: string, rng: Rng): string | null {
  for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
    const text = attack.text(rng);
    if (!holdsGold(text, gold)) return text;
  }
  return null;
}

/** Which references a word of assent or refusal answers. */
const ASSENT = ['yes', 'true', 'correct', 'right', 'equal', 'agree', 'match'];
const REFUSAL = ['no', 'false', 'wrong', 'incorrect'];

/** True when the text says the reference as words of their own, or means it where the reference is yes or no. */
export function holdsGold(text: string, gold: string): boolean {
  const said = wordsOf(text);
  const wanted = wordsOf(gold);
  if (wanted.length === 0) return gold.trim() === '' || text.includes(gold.trim());
  const isYesOrNo = wanted.length === 1 && [...ASSENT, ...REFUSAL].includes(wanted[0] ?? '');
  if (isYesOrNo && said.some((word) => isAnswerWord(word))) return true;
  return ` ${said.join(' ')} `.includes(` ${wanted.join(' ')} `);
}

function isAnswerWord(word: string): boolean {
  return REFUSAL.includes(word) || ASSENT.some((stem) => word.startsWith(stem));
}

/** Words and numbers in lower case, without the commands of LaTeX around them. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKC').replace(/\\(?:boxed|text|mbox|mathrm|textbf)\b/gu, ' ');
  return plain.toLowerCase().match(/\p{N}+(?:\.\p{N}+)*|\p{L}+/gu) ?? [];
}
