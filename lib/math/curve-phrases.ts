import { parseAnswer } from './parse.ts';
import { MathSyntaxError } from './syntax-error.ts';
import type { Node } from './tree.ts';

/** Curves by what they are called, as their equations. */

const WRAPPING =
  /\\(?:text(?:bf|rm|it)?|mathrm)\s*\{([^{}]*)\}|\$|\\[,;:! ]|\\q?quad(?![a-z])|~|\\left|\\right/gu;
const LEAD = /^(?:the |an? |it is |locus is |circle is |equation of )+/iu;
const POINT = String.raw`(?:\((?<a>[^(),]{1,20}),(?<b>[^(),]{1,20})\)|(?:the )?origin)`;
const CENTER = String.raw`(?:with |of )?(?:its )?cent(?:er|re)(?:ed)?(?: at| is|:| of)? ?${POINT}`;
const RADIUS = String.raw`(?:with |of )?(?:its )?radius(?: of| is|:)?(?: r)?(?: =)? ?(?<r>[^\s,;]{1,24})`;
const JOINT = '(?:,? and |, | )';
const CIRCLES = [
  new RegExp(`^circle,? ${CENTER}${JOINT}${RADIUS}$`, 'iu'),
  new RegExp(`^circle,? ${RADIUS}${JOINT}${CENTER}$`, 'iu'),
];
const AXIS = /^(?<letter>[xy])[\s-]{0,3}axis$/iu;

/** The equation of a circle by its center and radius, of the unit circle or of an axis; null for other words. */
export function curveNamed(text: string): Node | null {
  const phrase = text
    .replace(WRAPPING, ' $1 ')
    .replace(/\s+/gu, ' ')
    .replace(/ ?([(),]) ?/gu, (_, mark: string) =>
      mark === '(' ? ' (' : mark === ',' ? ', ' : ') ',
    )
    .replace(/\( /gu, '(')
    .trim()
    .replace(/\.$/u, '')
    .replace(LEAD, '');
  const axis = AXIS.exec(phrase)?.groups?.letter?.toLowerCase();
  if (axis !== undefined) return parsed(axis === 'x' ? 'y = 0' : 'x = 0');
  if (/^unit circle$/iu.test(phrase)) return parsed('x^2 + y^2 = 1');
  for (const form of CIRCLES) {
    const groups = form.exec(phrase)?.groups;
    if (groups?.r !== undefined)
      return parsed(
        `(x - (${groups.a ?? '0'}))^2 + (y - (${groups.b ?? '0'}))^2 = (${groups.r})^2`,
      );
  }
  return null;
}

function parsed(text: string): Node | null {
  try {
    return parseAnswer(text);
  } catch (error) {
    if (error instanceof MathSyntaxError) return null;
    throw error;
  }
}
