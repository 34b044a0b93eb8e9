import type { Rng } from '#lib/rng.ts';
import type { Language } from './logic-task.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A key is plain data, so that an instance can be stored. */
export interface CipherKey {
  readonly text: string;
  readonly numbers: readonly number[];
}

/** Encodes texts of A to Z; what `decode` gives of an encoded text is the text. */
export interface CipherFamily {
  readonly name: string;
  /** Whether texts must be free of the letter J, for which a square of 25 has no room. */
  readonly isWithoutJ: boolean;
  key(rng: Rng): CipherKey;
  encode(text: string, key: CipherKey): string;
  decode(text: string, key: CipherKey): string;
  /** How a text is encoded, in full; decoding undoes it. */
  describe(key: CipherKey, language: Language): string;
}

function at(letter: string): number {
  return letter.charCodeAt(0) - 65;
}

function letter(value: number): string {
  return ALPHABET.charAt(((value % 26) + 26) % 26);
}

function map(text: string, change: (value: number, index: number) => number): string {
  return Array.from(text, (char, index) => letter(change(at(char), index))).join('');
}

function shuffled(rng: Rng, letters: string): string {
  return rng.shuffle(Array.from(letters)).join('');
}

function word(rng: Rng): CipherKey {
  const length = rng.between(3, 6);
  return { text: Array.from({ length }, () => letter(rng.below(26))).join(''), numbers: [] };
}

/** The places of a text in the order in which a transposition reads them. */
function reorder(text: string, places: readonly number[]): string {
  return places.map((place) => text.charAt(place)).join('');
}

function restore(text: string, places: readonly number[]): string {
  const letters = Array.from(text);
  for (const [index, place] of places.entries()) letters[place] = text.charAt(index);
  return letters.join('');
}

function railPlaces(length: number, rails: number): number[] {
  const period = 2 * rails - 2;
  const railOf = (index: number) => Math.min(index % period, period - (index % period));
  return Array.from({ length }, (_, index) => index).sort((a, b) => railOf(a) - railOf(b) || a - b);
}

function columnPlaces(length: number, order: readonly number[]): number[] {
  const width = order.length;
  return order.flatMap((column) =>
    Array.from(
      { length: Math.max(0, Math.ceil((length - column) / width)) },
      (_, row) => row * width + column,
    ),
  );
}

/** Whole blocks are permuted; a shorter last block stays as it is. */
function blockPlaces(length: number, order: readonly number[]): number[] {
  const size = order.length;
  const whole = length - (length % size);
  return Array.from({ length }, (_, index) =>
    index < whole ? index - (index % size) + (order[index % size] ?? 0) : index,
  );
}

const SQUARE = 'ABCDEFGHIKLMNOPQRSTUVWXYZ';

function squareText(square: string): string {
  return [0, 5, 10, 15, 20]
    .map((start) => Array.from(square.slice(start, start + 5)).join(' '))
    .join('\n');
}

export const CIPHER_FAMILIES: readonly CipherFamily[] = [
  {
    name: 'substitution',
    isWithoutJ: false,
    key: (rng) => ({ text: shuffled(rng, ALPHABET), numbers: [] }),
    encode: (text, { text: table }) => Array.from(text, (char) => table.charAt(at(char))).join(''),
    decode: (text, { text: table }) => map(text, (value) => table.indexOf(letter(value))),
    describe: ({ text }, language) =>
      language === 'en'
        ? `Each letter is replaced by the one below it:\n${ALPHABET}\n${text}`
        : `每个字母换成它下方的字母：\n${ALPHABET}\n${text}`,
  },
  {
    name: 'affine',
    isWithoutJ: false,
    key: (rng) => ({
      text: '',
      numbers: [rng.pick([3, 5, 7, 9, 11, 15, 17, 19, 21, 23, 25]), rng.between(1, 25)],
    }),
    encode: (text, { numbers: [a = 1, b = 0] }) => map(text, (value) => a * value + b),
    decode(text, { numbers: [a = 1, b = 0] }) {
      const inverse = Array.from({ length: 26 }, (_, x) => x).find((x) => (a * x) % 26 === 1) ?? 1;
      return map(text, (value) => inverse * (value - b + 26));
    },
    describe: ({ numbers: [a, b] }, language) =>
      language === 'en'
        ? `Letters are numbers, A = 0 to Z = 25. The number x becomes (${a ?? 0} * x + ${b ?? 0}) mod 26.`
        : `字母看作数字，A = 0 到 Z = 25。数字 x 变为 (${a ?? 0} * x + ${b ?? 0}) mod 26。`,
  },
  {
    name: 'keyword shift',
    isWithoutJ: false,
    key: word,
    encode: (text, { text: key }) =>
      map(text, (value, i) => value + at(key.charAt(i % key.length))),
    decode: (text, { text: key }) =>
      map(text, (value, i) => value - at(key.charAt(i % key.length))),
    describe: ({ text }, language) =>
      language === 'en'
        ? `The key ${text} is repeated below the text. With A = 0 to Z = 25, text letter and key letter are added modulo 26.`
        : `把密钥 ${text} 重复写在文本下方。以 A = 0 到 Z = 25，文本字母与密钥字母相加后对 26 取模。`,
  },
  {
    name: 'keyword difference',
    isWithoutJ: false,
    key: word,
    encode: (text, { text: key }) =>
      map(text, (value, i) => at(key.charAt(i % key.length)) - value),
    decode: (text, { text: key }) =>
      map(text, (value, i) => at(key.charAt(i % key.length)) - value),
    describe: ({ text }, language) =>
      language === 'en'
        ? `The key ${text} is repeated below the text. With A = 0 to Z = 25, the text letter is subtracted from the key letter modulo 26.`
        : `把密钥 ${text} 重复写在文本下方。以 A = 0 到 Z = 25，用密钥字母减去文本字母后对 26 取模。`,
  },
  {
    name: 'text as key',
    isWithoutJ: false,
    key: word,
    encode: (text, { text: key }) => map(text, (value, i) => value + at((key + text).charAt(i))),
    decode(text, { text: key }) {
      let plain = '';
      for (let i = 0; i < text.length; i += 1)
        plain += letter(at(text.charAt(i)) - at((key + plain).charAt(i)));
      return plain;
    },
    describe: ({ text }, language) =>
      language === 'en'
        ? `The key letters are ${text} followed by the plain text itself. With A = 0 to Z = 25, each plain letter and the key letter at the same place are added modulo 26.`
        : `密钥字母是 ${text} 后面接上明文本身。以 A = 0 到 Z = 25，每个明文字母与同一位置的密钥字母相加后对 26 取模。`,
  },
  {
    name: 'progressive shift',
    isWithoutJ: false,
    key: (rng) => ({ text: '', numbers: [rng.between(1, 25), rng.between(1, 12)] }),
    encode: (text, { numbers: [a = 0, b = 0] }) => map(text, (value, i) => value + a + b * i),
    decode: (text, { numbers: [a = 0, b = 0] }) => map(text, (value, i) => value - a - b * i),
    describe: ({ numbers: [a, b] }, language) =>
      language === 'en'
        ? `The first letter is moved ${a ?? 0} places on in the alphabet, and every further letter ${b ?? 0} places more than the one before; after Z comes A.`
        : `第一个字母在字母表中后移 ${a ?? 0} 位，之后每个字母比前一个多移 ${b ?? 0} 位；Z 之后是 A。`,
  },
  {
    name: 'chain',
    isWithoutJ: false,
    key: (rng) => ({ text: '', numbers: [rng.between(1, 25)] }),
    encode(text, { numbers: [first = 0] }) {
      let before = first;
      return map(text, (value) => (before = (value + before) % 26));
    },
    decode(text, { numbers: [first = 0] }) {
      let before = first;
      return map(text, (value) => {
        const plain = value - before;
        before = value;
        return plain;
      });
    },
    describe: ({ numbers: [first] }, language) =>
      language === 'en'
        ? `With A = 0 to Z = 25, each plain letter is added modulo 26 to the encoded letter before it; for the first letter, ${first ?? 0} is added.`
        : `以 A = 0 到 Z = 25，每个明文字母加上前一个已加密的字母后对 26 取模；第一个字母加上 ${first ?? 0}。`,
  },
  {
    name: 'rails',
    isWithoutJ: false,
    key: (rng) => ({ text: '', numbers: [rng.between(2, 4)] }),
    encode: (text, { numbers: [rails = 2] }) => reorder(text, railPlaces(text.length, rails)),
    decode: (text, { numbers: [rails = 2] }) => restore(text, railPlaces(text.length, rails)),
    describe: ({ numbers: [rails] }, language) =>
      language === 'en'
        ? `The text is written in a zigzag over ${rails ?? 2} lines, beginning at the top and going down one line a letter, up again from the bottom line, and so on. Then the lines are read from top to bottom, each from left to right.`
        : `把文本以之字形写在 ${rails ?? 2} 行上：从最上面一行开始，每个字母下移一行，到最下面一行后再逐行上移，如此往复。然后从上到下、每行从左到右读出。`,
  },
  {
    name: 'columns',
    isWithoutJ: false,
    key: (rng) => ({ text: '', numbers: rng.shuffle([0, 1, 2, 3, 4].slice(0, rng.between(3, 5))) }),
    encode: (text, { numbers }) => reorder(text, columnPlaces(text.length, numbers)),
    decode: (text, { numbers }) => restore(text, columnPlaces(text.length, numbers)),
    describe: ({ numbers }, language) => {
      const order = numbers.map((column) => column + 1).join(', ');
      return language === 'en'
        ? `The text is written in rows of ${numbers.length} letters (the last row may be shorter). Then the columns are read from top to bottom in the order ${order}, the leftmost column being number 1.`
        : `把文本按每行 ${numbers.length} 个字母写成若干行（最后一行可以较短）。然后按 ${order} 的顺序逐列从上到下读出，最左边的列是第 1 列。`;
    },
  },
  {
    name: 'blocks',
    isWithoutJ: false,
    key: (rng) => ({ text: '', numbers: rng.shuffle([0, 1, 2, 3]) }),
    encode: (text, { numbers }) => reorder(text, blockPlaces(text.length, numbers)),
    decode: (text, { numbers }) => restore(text, blockPlaces(text.length, numbers)),
    describe: ({ numbers }, language) => {
      const order = numbers.map((place) => place + 1).join(', ');
      return language === 'en'
        ? `The text is cut into blocks of 4 letters. The new block consists of the old letters number ${order} in this order; a shorter block at the end stays as it is.`
        : `把文本切成每 4 个字母一块。新的一块依次由原来的第 ${order} 个字母组成；末尾不足一块的部分保持不变。`;
    },
  },
  {
    name: 'coordinates',
    isWithoutJ: true,
    key: (rng) => ({ text: shuffled(rng, SQUARE), numbers: [] }),
    encode: (text, { text: square }) =>
      Array.from(text, (char) => {
        const place = square.indexOf(char);
        return letter(Math.floor(place / 5)) + letter(place % 5);
      }).join(''),
    decode: (text, { text: square }) =>
      Array.from({ length: text.length / 2 }, (_, i) =>
        square.charAt(5 * at(text.charAt(2 * i)) + at(text.charAt(2 * i + 1))),
      ).join(''),
    describe: ({ text }, language) =>
      language === 'en'
        ? `The rows of this square, from the top, and its columns, from the left, are called A, B, C, D, E:\n${squareText(text)}\nEach letter is replaced by two: the name of its row, then the name of its column. The text holds no J.`
        : `下面方阵的行（从上到下）和列（从左到右）依次称为 A、B、C、D、E：\n${squareText(text)}\n每个字母换成两个字母：先是所在行的名称，再是所在列的名称。文本中没有 J。`,
  },
  {
    name: 'split coordinates',
    isWithoutJ: true,
    key: (rng) => ({ text: shuffled(rng, SQUARE), numbers: [] }),
    encode(text, { text: square }) {
      const places = Array.from(text, (char) => square.indexOf(char));
      const digits = [
        ...places.map((place) => Math.floor(place / 5)),
        ...places.map((place) => place % 5),
      ];
      return places
        .map((_, i) => square.charAt(5 * (digits[2 * i] ?? 0) + (digits[2 * i + 1] ?? 0)))
        .join('');
    },
    decode(text, { text: square }) {
      const digits = Array.from(text, (char) => square.indexOf(char)).flatMap((place) => [
        Math.floor(place / 5),
        place % 5,
      ]);
      return Array.from(text, (_, i) =>
        square.charAt(5 * (digits[i] ?? 0) + (digits[i + text.length] ?? 0)),
      ).join('');
    },
    describe: ({ text }, language) =>
      language === 'en'
        ? `Rows and columns of this square are numbered 1 to 5 from the top and from the left:\n${squareText(text)}\nWrite down the row numbers of all letters of the text, and after them the column numbers of all letters. Cut this list into pairs from its beginning; each pair is the row and the column of one encoded letter. The text holds no J.`
        : `下面方阵的行从上、列从左依次编号 1 到 5：\n${squareText(text)}\n先写出文本所有字母的行号，再接着写出所有字母的列号。从头开始把这串数字两两分组，每组是一个密文字母的行号和列号。文本中没有 J。`,
  },
];
