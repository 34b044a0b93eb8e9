import { copyAttempts, type NewAttempt } from '#lib/db/attempts.ts';
import type { Session } from '#lib/db/client.ts';
import { FrameEncoder } from './frame-encoder.ts';
import type { UnpackedAttempt } from './to-attempt.ts';

/** A piece is sent when it holds this many attempts or characters, whichever comes first. */
const PIECE_ATTEMPTS = 1_000;
const PIECE_CHARACTERS = 1024 * 1024;

type Positioned = UnpackedAttempt & { position: number };

/**
 * Sends attempts piece by piece, three at a time in three places: while one is copied into the database, the next is
 * compressed in the background, and a third is parsed by the caller.
 */
export class AttemptWriter {
  private readonly session: Session;
  private readonly runId: string;
  private readonly encoder = new FrameEncoder();
  private piece: Positioned[] = [];
  private characters = 0;
  private encoding: Promise<unknown> = Promise.resolve();
  private copying: Promise<void> = Promise.resolve();
  /** Attempts handed over so far. */
  count = 0;

  constructor(session: Session, runId: string) {
    this.session = session;
    this.runId = runId;
  }

  async add(attempt: Positioned): Promise<void> {
    this.piece.push(attempt);
    this.count += 1;
    this.characters += attempt.characters;
    if (this.piece.length >= PIECE_ATTEMPTS || this.characters >= PIECE_CHARACTERS)
      await this.send();
  }

  /** Everything handed over is in the session's transaction. */
  async finish(): Promise<void> {
    await this.send();
    await this.copying;
  }

  /** Safe at any time; what is on its way is not waited for. */
  close(): void {
    this.encoder.close();
  }

  private async send(): Promise<void> {
    // The piece before the last must be through before another one is taken on: memory stays bounded.
    await this.encoding;
    if (this.piece.length === 0) return;
    const piece = this.piece;
    this.piece = [];
    this.characters = 0;
    const packed = this.pack(piece);
    const before = this.copying;
    this.encoding = Promise.all([packed, before]);
    this.copying = (async () => {
      await before;
      await copyAttempts(this.session, this.runId, await packed);
    })();
    // Whoever awaits them next reports a failure; between two calls nobody listens, which would end the process.
    this.encoding.catch(() => undefined);
    this.copying.catch(() => undefined);
  }

  private async pack(piece: readonly Positioned[]): Promise<NewAttempt[]> {
    const frames = await this.encoder.encode(
      piece.flatMap(({ texts }) => [texts.output, texts.reasoning, texts.answer]),
    );
    return piece.map(({ texts: _, ...attempt }, index) => ({
      ...attempt,
      output: frames[3 * index] ?? null,
      reasoning: frames[3 * index + 1] ?? null,
      answer: frames[3 * index + 2] ?? null,
    }));
  }
}
