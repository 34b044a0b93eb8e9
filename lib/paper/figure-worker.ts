import {
  captionOf,
  previewFigure,
  printFigure,
  renderFigure,
  type ResolvedFigure,
} from '#lib/figures/render.ts';
import { parseSpec, resolveFigure } from '#lib/figures/resolve.ts';
import type { FigureSources } from '#lib/figures/sources.ts';
import { figureFonts } from './font-files.ts';
import type {
  FigureTask,
  FromFigureWorker,
  PlainFigure,
  SourceName,
  TaskResults,
  ToFigureWorker,
} from './figure-protocol.ts';
import { fromPlainError, toPlainError } from './plain-error.ts';

function post(message: FromFigureWorker): void {
  process.send?.(message);
}

let lastQuestion = 0;
const questions = new Map<number, PromiseWithResolvers<unknown>>();

/** Asks for the numbers outside: this process reaches no database. */
function ask(source: SourceName, args: readonly unknown[]): Promise<unknown> {
  const question = (lastQuestion += 1);
  const waiting = Promise.withResolvers<unknown>();
  questions.set(question, waiting);
  post({ kind: 'question', question, source, args });
  return waiting.promise;
}

function settle(question: number): PromiseWithResolvers<unknown> | undefined {
  const waiting = questions.get(question);
  questions.delete(question);
  return waiting;
}

// The same names and arguments on the other side, so that the types of the answers hold.
const sources = new Proxy({} as FigureSources, {
  get:
    (_target, name) =>
    (...args: unknown[]) =>
      ask(name as SourceName, args),
});

function toFigure({ spec, ...rest }: PlainFigure): ResolvedFigure {
  return { parsed: parseSpec(spec), ...rest };
}

async function perform(task: FigureTask): Promise<TaskResults[keyof TaskResults]> {
  switch (task.kind) {
    case 'resolve':
      return resolveFigure(parseSpec(task.spec), sources);
    case 'preview': {
      const figure = toFigure(task.figure);
      const fonts = figureFonts();
      return {
        caption: captionOf(figure),
        drawing: previewFigure(figure, fonts),
        table: printFigure(figure),
      };
    }
    case 'file':
      return renderFigure(toFigure(task.figure), task.format, figureFonts(), task.options);
  }
}

process.on('message', (message: ToFigureWorker) => {
  if (message.kind === 'answer') settle(message.question)?.resolve(message.value);
  else if (message.kind === 'refusal')
    settle(message.question)?.reject(fromPlainError(message.error));
  else {
    perform(message.task).then(
      (result) => post({ kind: 'done', result }),
      (error: unknown) => post({ kind: 'failed', error: toPlainError(error) }),
    );
  }
});

// The server is gone: nobody waits for an answer.
process.on('disconnect', () => process.exit());

// Fonts are parsed before the clock of the first figure runs.
for (const family of ['serif', 'sans'] as const) {
  for (const weight of ['regular', 'bold'] as const)
    figureFonts().shape('Accuracy 0123456789', { family, weight, size: 8 });
}
post({ kind: 'ready' });
