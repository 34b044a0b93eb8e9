import type { Metadata } from 'next';
import { CopyLine } from '#app/_ui/copy-button.client.tsx';
import { PageHeader, Section } from '#app/_ui/page-header.tsx';
import { logicTasks } from '#lib/logic/index.ts';
import { createWordedItem } from '#lib/logic/worded-item.ts';
import { taskKey } from '#lib/logic/logic-task.ts';
import { GeneratedPuzzle } from '#lib/schemas/logic.ts';
import { GALLERY_SEED, START_LEVEL } from './gallery-seed.ts';
import { PuzzleCard } from './puzzle-card.client.tsx';
import { PROMISES, TaskTable } from './task-table.tsx';

export const metadata: Metadata = { title: 'Logic puzzles' };

/** Figures of guessing are measured when the server is asked, not when it is built. */
export const dynamic = 'force-dynamic';

export default function LogicPage() {
  const tasks = [...logicTasks.all].sort((a, b) => (a.label < b.label ? -1 : 1));
  return (
    <>
      <PageHeader
        title="Can it reason about what it has never seen?"
        lead={`${String(tasks.length)} kinds of puzzles, made without end from a seed at ten levels, in English and Chinese, and checked by their rules. Turn the level, read the rules, try an answer.`}
      />
      <nav aria-label="Tasks" className="flex flex-wrap gap-x-3 gap-y-1 pb-4 text-sm">
        {tasks.map((task) => (
          <a key={task.id} href={`#${taskKey(task)}`} className="text-muted hover:text-ink">
            {task.label}
          </a>
        ))}
      </nav>
      {tasks.map((task) => {
        const item = createWordedItem(
          task,
          { seed: GALLERY_SEED, level: START_LEVEL, index: 0 },
          { language: 'en', template: 0 },
        );
        return (
          <section
            key={task.id}
            id={taskKey(task)}
            className="flex scroll-mt-4 flex-col gap-3 border-t border-hair py-5"
          >
            <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <h2 className="text-lg">{task.label}</h2>
              <code className="font-mono text-xs text-muted">
                {taskKey(task)}@{task.version}
              </code>
              <span className="text-xs text-muted">
                {task.category} · right answers: {PROMISES[task.promise]}
              </span>
              <p className="basis-full text-sm text-muted">{task.description}</p>
            </div>
            <PuzzleCard
              task={taskKey(task)}
              label={task.label}
              templates={task.templates}
              start={GeneratedPuzzle.parse(item)}
            />
          </section>
        );
      })}
      <Section
        title="How far does guessing get?"
        aside="60 puzzles a figure, measured when this server starts"
      >
        <p className="max-w-prose text-sm text-muted">
          First the accuracy of one answer given to every puzzle, the best of the frequent ones;
          then that of the answer of another puzzle of the level. What lies far above zero can be
          earned without reasoning.
        </p>
        <TaskTable tasks={tasks} />
      </Section>
      <Section title="Take them away">
        <p className="max-w-prose text-sm text-muted">
          The same seed gives the same puzzles on every machine; training loops ask for them, and
          for verdicts, over HTTP.
        </p>
        <CopyLine text="npx laconic logic generate --tasks all --level 3-8 --count 1000 --seed 7 -o items.jsonl" />
        <CopyLine text="npx laconic logic benchmark --preset hard -o synlogic-hard.jsonl" />
      </Section>
    </>
  );
}
