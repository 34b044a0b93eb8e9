import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const PREFIX = 'lac_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 24 characters of 62 are 142 bits; OWASP ASVS 5.0, 7.2.3 asks for 128. */
const RANDOM_LENGTH = 24;
const CHECKSUM_LENGTH = 6;
const SHAPE = /^lac_[0-9A-Za-z]{30}$/;

/** A new secret: a prefix that scanners of leaked secrets know, chance, and a checksum that finds typing errors. */
export function createTokenSecret(): string {
  const random = randomText(RANDOM_LENGTH);
  return `${PREFIX}${random}${checksumOf(random)}`;
}

/** False for what can't be one of our secrets, without asking the database. */
export function isTokenSecret(text: string): boolean {
  if (!SHAPE.test(text)) return false;
  const random = text.slice(PREFIX.length, -CHECKSUM_LENGTH);
  return text.endsWith(checksumOf(random));
}

/** What is stored. A plain hash is enough because the secret can't be guessed. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Unguessable text of letters and digits. */
export function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

function checksumOf(random: string): string {
  let rest = crc32(random);
  let text = '';
  for (let i = 0; i < CHECKSUM_LENGTH; i += 1) {
    text = ALPHABET.charAt(rest % ALPHABET.length) + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}
