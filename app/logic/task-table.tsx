import { Suspense } from 'react';
import { formatPercent } from '#app/_ui/number-format.ts';
import { Cell, HeaderCell, Row, Table } from '#app/_ui/table.tsx';
import { taskKey, type Guarantee, type LogicTask } from '#lib/logic/logic-task.ts';
import { GUESS_LEVELS, guessabilityOf } from './guess-figures.ts';

export const PROMISES: Record<Guarantee, string> = {
  unique: 'one, proved by search',
  computed: 'one, worked out',
  'any-solution': 'any that keeps the rules',
};

/** All tasks at a glance, and what each pays to somebody who does not read the question. */
export function TaskTable({ tasks }: { tasks: readonly LogicTask[] }) {
  return (
    <Table>
      <thead>
        <tr>
          <HeaderCell>Task</HeaderCell>
          <HeaderCell className="max-md:hidden">Kind</HeaderCell>
          <HeaderCell className="max-md:hidden">Right answers</HeaderCell>
          {GUESS_LEVELS.map((level) => (
            <HeaderCell
              key={level}
              isNumber
              title="Accuracy of one answer given to every puzzle, and of the answer of another puzzle"
            >
              Guessing, level {level}, %
            </HeaderCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <Row key={task.id}>
            <Cell>
              <a href={`#${taskKey(task)}`} className="hover:underline">
                {task.label}
              </a>
            </Cell>
            <Cell className="text-muted max-md:hidden">{task.category}</Cell>
            <Cell className="text-muted max-md:hidden">{PROMISES[task.promise]}</Cell>
            {GUESS_LEVELS.map((level) => (
              <Cell key={level} isNumber>
                <Suspense fallback={<span className="text-muted">…</span>}>
                  <Guess id={task.id} level={level} />
                </Suspense>
              </Cell>
            ))}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

async function Guess({ id, level }: { id: string; level: number }) {
  const { majority, random } = await guessabilityOf(id, level);
  return (
    <>
      {formatPercent(majority)} <span className="text-muted">/ {formatPercent(random)}</span>
    </>
  );
}
