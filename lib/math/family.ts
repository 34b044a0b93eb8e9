import { elementAt } from '#lib/text/element.ts';
import { boundArguments, splitLabel } from './labels.ts';
import { readAnswer } from './reading.ts';
import { expandPlusMinus, hasPlusMinus } from './plus-minus.ts';
import { freeSymbols, integer, substitute, type Node, type NodeOf } from './tree.ts';
import { normalizeText } from './words.ts';

/**
 * What a parameter runs through. `residues` are those of a congruence, whose bounds the question knows; `naturals` begin with 0
 * or 1; a number is where the integers begin.
 */
export type Domain = 'integers' | 'residues' | 'naturals' | 'reals' | number;

/** One formula of a family: a value or the coordinates of a tuple. */
export interface Branch {
  readonly coordinates: readonly Node[];
  /** Brackets of a tuple; empty for a value. */
  readonly shape: string;
  /** The names of the value or of its coordinates where they are given. */
  readonly names: readonly string[];
}

/** Values that depend on parameters: `x = π/4 + kπ, k ∈ ℤ`, `n ≡ 1 (mod 3)`, `(t, -t), t ∈ ℝ`, `f(x) = cx`. */
export interface Family {
  /** `!=` where the values are those that are left out. */
  readonly sign: '=' | '!=';
  readonly branches: readonly Branch[];
  readonly parameters: ReadonlyMap<string, Domain>;
  /** Other statements on the parameters, such as `t ≠ 0`. */
  readonly conditions: readonly Node[];
}

const MAX_BRANCHES = 40;

/**
 * Reads a family; null for anything else. `isAssumed` tells of a letter that nothing was said about whether it is a
 * parameter, and of what kind: the other side of a comparison may be a family without doubt.
 */
export function readFamily(
  node: Node,
  isAssumed: (name: string) => Domain | null = assumeNothing,
): Family | null {
  const found = new Reader();
  if (!found.statement(node)) return null;
  const branches = found.combined();
  if (branches.length === 0 || branches.length > MAX_BRANCHES) return null;
  const parameters = new Map<string, Domain>();
  for (const { coordinates } of branches)
    for (const coordinate of coordinates)
      for (const name of freeSymbols(coordinate)) {
        if (found.bound.has(name)) continue;
        const domain = found.domains.get(name) ?? isAssumed(name);
        if (domain !== null) parameters.set(name, domain);
      }
  if (parameters.size === 0) return null;
  return { sign: found.sign, branches, parameters, conditions: found.conditions };
}

function assumeNothing(): null {
  return null;
}

const INTEGER_LETTER = /^[nkmlN]$/u;

/** Collects what the parts of an answer say. */
class Reader {
  sign: '=' | '!=' = '=';
  readonly branches: Branch[] = [];
  readonly domains = new Map<string, Domain>();
  readonly conditions: Node[] = [];
  /** Arguments of functions that are defined. */
  readonly bound = new Set<string>();
  #residues = 0;

  /** Whether the part was understood. */
  statement(node: Node): boolean {
    switch (node.kind) {
      case 'list':
        return node.items.every((item) => this.statement(item));
      case 'set':
        return node.items.every((item) => this.statement(item));
      case 'builder':
        return this.#builder(node);
      case 'item':
        return this.#item(node);
      case 'text':
        return this.#condition(node.text);
      case 'call':
        // `∀ x ∈ ℝ`
        return node.name === 'forall' || this.#value(node, []);
      case 'relation':
        return this.#relation(node);
      default:
        return this.#value(node, []);
    }
  }

  /** The branches, `x = …, y = …` taken together as one point. */
  combined(): readonly Branch[] {
    const names = this.branches.map((branch) => (branch.names.length === 1 ? branch.names[0] : ''));
    const isPoint = names.length > 1 && !names.includes('') && new Set(names).size === names.length;
    if (!isPoint || this.branches.some(({ shape }) => shape !== '')) return this.branches;
    return [
      {
        coordinates: this.branches.flatMap(({ coordinates }) => coordinates),
        shape: '()',
        names: names.map((name) => name ?? ''),
      },
    ];
  }

  #builder(node: NodeOf<'builder'>): boolean {
    const { element, condition } = node;
    const isNamed =
      element.kind === 'symbol' &&
      [condition, ...(condition.kind === 'list' ? condition.items : [])].some(
        (part) =>
          part.kind === 'relation' &&
          part.args[0]?.kind === 'symbol' &&
          part.args[0].name === element.name &&
          part.ops[0] !== 'in',
      );
    return (isNamed || this.#value(element, [])) && this.statement(condition);
  }

  #item(node: NodeOf<'item'>): boolean {
    const modulus = /^mod (\d+)$/u.exec(node.suffix)?.[1];
    if (modulus !== undefined && node.prefix === '')
      return this.#residue(node.value, integer(Number(modulus)), []);
    if (node.condition !== '' && !this.#condition(node.condition)) return false;
    if (node.suffix !== '' || node.prefix !== '') {
      const isDomain =
        node.value.kind === 'symbol' &&
        this.#words(`${node.prefix} ${node.value.name} ${node.suffix}`);
      return isDomain;
    }
    return this.statement(node.value);
  }

  /** A domain in words, or "for some" with a formula such as `k ≥ 1`. */
  #condition(text: string): boolean {
    if (this.#words(text)) return true;
    const formula = text.replace(LEAD, '');
    const reading = formula === text ? null : readAnswer(formula);
    return (
      reading?.kind === 'value' &&
      reading.words === 0 &&
      (reading.node.kind === 'list' ? reading.node.items : [reading.node]).every(
        (part) => part.kind === 'relation' && this.#relation(part),
      )
    );
  }

  /** "for some integer k", "where c is any real constant": the domain of the letters that are named. */
  #words(text: string): boolean {
    const words = normalizeText(
      text
        .replace(/\\in(?![a-z])|∈/gu, ' in ')
        .replace(/\\(?:mathbb|Bbb)\s*\{?([A-Z])\}?/gu, 'set$1')
        .replace(LETTER_A, LETTER_A_KEPT),
    ).replaceAll(LETTER_A_KEPT, 'a');
    const match = DOMAIN.exec(words);
    if (match?.groups === undefined) return false;
    const { first, kind, last, sign } = match.groups;
    const letters = [
      ...`${first ?? ''} ${last ?? ''}`.matchAll(/(?<![\p{L}\d])\p{L}(?![\p{L}\d])/gu),
    ].map(([letter]) => letter);
    const domain = domainNamed(kind ?? '', sign ?? '');
    for (const letter of letters)
      for (const name of [letter, letter.toUpperCase()]) this.domains.set(name, domain);
    return letters.length > 0;
  }

  #relation(node: NodeOf<'relation'>): boolean {
    const [left, right] = node.args;
    if (left === undefined || right === undefined) return false;
    if (node.ops[1] === 'mod' && node.ops[0] === 'equiv') {
      const residue = right.kind === 'call' ? right.args[0] : undefined;
      const modulus = node.args[2];
      const names = left.kind === 'symbol' && left.name !== '?' ? [left.name] : [];
      return (
        residue !== undefined && modulus !== undefined && this.#residue(residue, modulus, names)
      );
    }
    if (node.ops.length !== 1) return false;
    const domain = left.kind === 'symbol' ? domainStated(elementAt(node.ops, 0), right) : null;
    if (domain !== null && left.kind === 'symbol') {
      const known = this.domains.get(left.name);
      if (known === 'reals') this.conditions.push(node);
      else
        this.domains.set(
          left.name,
          typeof known === 'number' && domain === 'integers' ? known : domain,
        );
      return true;
    }
    if (node.ops[0] === '!=' && right.kind === 'number') {
      this.conditions.push(node);
      return true;
    }
    const isDefinition =
      node.ops[0] === '=' ||
      (node.ops[0] === 'equiv' && (left.kind === 'call' || isFunctionName(left)));
    if (!isDefinition && node.ops[0] !== '!=') return false;
    const label = applied(left) ?? splitLabel({ ...node, ops: ['='] }).label;
    if (label === null) return false;
    if (node.ops[0] === '!=') this.sign = '!=';
    if (label.kind === 'symbol') this.bound.add(label.name);
    const names = label.kind === 'tuple' ? label.items : [label];
    return this.#value(
      this.#withoutArguments(label, right),
      names.flatMap((name) => (name.kind === 'symbol' ? [name.name] : [])),
    );
  }

  /** The value with the arguments of the function by their place, since `f(t) = at` and `f(x) = ax` are the same. */
  #withoutArguments(label: Node, value: Node): Node {
    const isGraph = label.kind === 'symbol' && label.name === 'y';
    const names = new Map<string, Node>();
    for (const [place, argument] of (isGraph ? ['x'] : boundArguments(label)).entries()) {
      const name = `argument${place}`;
      this.bound.add(name);
      names.set(argument, { kind: 'symbol', name });
    }
    return substitute(value, names);
  }

  #residue(residue: Node, modulus: Node, names: readonly string[]): boolean {
    if (residue.kind === 'plusminus')
      return expandPlusMinus(residue).every((part) => this.#residue(part, modulus, names));
    const name = `residue${(this.#residues += 1)}`;
    this.domains.set(name, 'residues');
    const multiple: Node = { kind: 'multiply', args: [modulus, { kind: 'symbol', name }] };
    return this.#value({ kind: 'add', args: [residue, multiple] }, names);
  }

  #value(node: Node, names: readonly string[]): boolean {
    if (node.kind === 'list' || node.kind === 'set')
      return node.items.every((item) => this.#value(item, names));
    if (hasPlusMinus(node)) {
      const values = expandPlusMinus(node);
      return values.length > 1 && values.every((value) => this.#value(value, names));
    }
    const isTuple = node.kind === 'tuple';
    const isScalar = [
      'symbol',
      'number',
      'constant',
      'add',
      'multiply',
      'divide',
      'power',
      'negate',
      'degree',
      'call',
    ].includes(node.kind);
    if (!isTuple && !isScalar) return false;
    this.branches.push({
      coordinates: isTuple ? node.items : [node],
      shape: isTuple ? `${node.open}${node.close}` : '',
      names,
    });
    return true;
  }
}

/** An `a` that is no article: at the end, or before what is said of it. */
const LETTER_A = /(?<![a-z])a(?=[\s$}]*(?:$|,|(?:is|in|are|∈|and [b-z])\b))/gu;
const LETTER_A_KEPT = 'ä';
const LEAD =
  /^[,;(]?\s*(?:where|for|with|and|if|when)\s*(?:some|all|any|every|each)?\s*(?:integers?|constants?|real)?\s*/iu;
const DOMAIN =
  /^(?:where|for|with|and|if|when|in which|here)?,? ?(?:some|all|any|every|each)? ?(?<first>(?:\p{L}_?\d? (?:and )?){0,3}?)(?:is|are|in|being|runs over|can be|denotes|may be)? ?(?:some|any|arbitrary|fixed|all|every)? ?(?<sign>positive|nonnegative|non negative|nonzero)? ?(?<kind>integers?|whole numbers?|real numbers?|real constants?|real parameters?|reals?|natural numbers?|constants?|parameters?|arbitrary|set[ZNRQ])(?:[ ^]?(?<plus>\+))? ?(?<last>(?:\p{L}_?\d? ?(?:and )?){0,3})$/iu;

function domainNamed(kind: string, sign: string): Domain {
  if (/^(?:integer|whole|setZ)/iu.test(kind))
    return sign === 'positive' ? 1 : sign.startsWith('non') && sign !== 'nonzero' ? 0 : 'integers';
  return /^(?:natural|setN)/iu.test(kind) ? 'naturals' : 'reals';
}

const SETS: Readonly<Record<string, Domain>> = {
  'bb:Z': 'integers',
  Z: 'integers',
  'bb:N': 'naturals',
  N: 'naturals',
  'bb:R': 'reals',
  R: 'reals',
  'bb:Z^+': 1,
  'bb:N^+': 1,
  'bb:N^*': 1,
  'bb:Z>=0': 0,
  'bb:N_0': 0,
};

/** `y(x)` reads as a product. */
function applied(left: Node): Node | null {
  if (left.kind !== 'multiply' || left.args.length !== 2) return null;
  const [head, argument] = left.args;
  const isApplied = head?.kind === 'symbol' && head.name === 'y' && argument?.kind === 'symbol';
  return isApplied ? { kind: 'call', name: 'y()', args: [argument] } : null;
}

/** `f ≡ 0` */
function isFunctionName(node: Node): boolean {
  return node.kind === 'symbol' && /^[fghPQ]$/u.test(node.name);
}

/** `k ∈ ℤ`, `k ≥ 1`. */
function domainStated(op: string, right: Node): Domain | null {
  if (op === 'in') return right.kind === 'symbol' ? (SETS[right.name] ?? null) : null;
  if (right.kind !== 'number' || right.value.d !== 1n) return null;
  if (op === '>=') return Number(right.value.n);
  return op === '>' ? Number(right.value.n) + 1 : null;
}

/** A letter that is an integer by custom, in a formula that has π or degrees or stands beside a family. */
export function byCustom(name: string): Domain | null {
  return INTEGER_LETTER.test(name) ? 'integers' : null;
}

/** A letter that is a constant of integration by custom, or the free factor of a solution. */
export function isConstant(name: string): boolean {
  return /^[CcK](?:_\{?\d\}?)?$/u.test(name);
}

/** A copy whose parameter counts from 0. */
export function shifted(node: Node, name: string, from: number): Node {
  const moved: Node = { kind: 'add', args: [{ kind: 'symbol', name }, integer(from)] };
  return from === 0 ? node : substitute(node, new Map([[name, moved]]));
}
