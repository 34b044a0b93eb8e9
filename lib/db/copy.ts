import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Session } from './client.ts';

/** The value types of binary COPY that the tables need; an enum travels as text. */
export type ColumnType = 'uuid' | 'text' | 'int4' | 'float8' | 'bool' | 'jsonb' | 'bytea';

export type Columns = Readonly<Record<string, ColumnType>>;
type Value = string | number | boolean | Uint8Array | null;
export type CopyRow<C extends Columns> = { readonly [Name in keyof C]: Value } & Readonly<
  Record<string, Value>
>;

/** Rows are sent in pieces of this size: large enough to keep the socket busy, small enough to stay in the cache. */
const PIECE_BYTES = 256 * 1024;

/**
 * COPY … FROM STDIN (FORMAT binary) of the PostgreSQL protocol: the fastest way in, and the only one
 * that sends `bytea` without doubling it. Table and column names are ours, never a user's.
 */
export async function copyRows<C extends Columns>(
  session: Session,
  target: { table: string; columns: C },
  rows: Iterable<CopyRow<C>>,
): Promise<void> {
  const columns = Object.entries(target.columns);
  const list = columns.map(([name]) => `"${name}"`).join(', ');
  const stream = session.query(
    copyFrom(`copy "${target.table}" (${list}) from stdin (format binary)`),
  );
  const done = finished(stream);
  try {
    const buffer = new CopyBuffer();
    buffer.header();
    for (const row of rows) {
      buffer.int16(columns.length);
      for (const [name, type] of columns) buffer.value(row[name] ?? null, type);
      if (buffer.length >= PIECE_BYTES && !stream.write(buffer.take())) {
        await Promise.race([once(stream, 'drain'), done]);
      }
    }
    buffer.int16(-1);
    stream.end(buffer.take());
  } catch (error) {
    stream.destroy(error instanceof Error ? error : new Error(String(error)));
    await done.catch(() => undefined);
    throw error;
  }
  await done;
}

class CopyBuffer {
  length = 0;
  private bytes = Buffer.allocUnsafe(PIECE_BYTES * 2);

  header(): void {
    this.reserve(19);
    this.length += this.bytes.write('PGCOPY\n\xff\r\n\0', this.length, 'latin1');
    this.length = this.bytes.writeInt32BE(0, this.length);
    this.length = this.bytes.writeInt32BE(0, this.length);
  }

  int16(value: number): void {
    this.reserve(2);
    this.length = this.bytes.writeInt16BE(value, this.length);
  }

  value(value: Value, type: ColumnType): void {
    if (value === null) {
      this.int32(-1);
      return;
    }
    switch (type) {
      case 'text': {
        this.text(value as string, 0);
        return;
      }
      case 'jsonb': {
        this.text(value as string, 1);
        return;
      }
      case 'bytea': {
        this.raw(value as Uint8Array);
        return;
      }
      case 'int4':
        this.int32(4);
        {
          this.int32(value as number);
          return;
        }
      case 'float8':
        this.reserve(12);
        this.length = this.bytes.writeInt32BE(8, this.length);
        this.length = this.bytes.writeDoubleBE(value as number, this.length);
        return;
      case 'bool':
        this.reserve(5);
        this.length = this.bytes.writeInt32BE(1, this.length);
        this.length = this.bytes.writeUInt8(value === true ? 1 : 0, this.length);
        return;
      case 'uuid':
        this.reserve(20);
        this.length = this.bytes.writeInt32BE(16, this.length);
        this.length += this.bytes.write((value as string).replaceAll('-', ''), this.length, 'hex');
        return;
    }
  }

  /** What was written so far; the buffer starts anew, because the stream keeps what it was given. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.length);
    this.bytes = Buffer.allocUnsafe(PIECE_BYTES * 2);
    this.length = 0;
    return taken;
  }

  private int32(value: number): void {
    this.reserve(4);
    this.length = this.bytes.writeInt32BE(value, this.length);
  }

  /** jsonb is text behind a version byte. */
  private text(value: string, version: 0 | 1): void {
    this.reserve(5 + value.length * 3);
    const at = this.length;
    this.length += 4;
    if (version === 1) this.length = this.bytes.writeUInt8(1, this.length);
    this.length += this.bytes.write(value, this.length, 'utf8');
    this.bytes.writeInt32BE(this.length - at - 4, at);
  }

  private raw(value: Uint8Array): void {
    this.reserve(4 + value.byteLength);
    this.length = this.bytes.writeInt32BE(value.byteLength, this.length);
    this.bytes.set(value, this.length);
    this.length += value.byteLength;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + more));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
