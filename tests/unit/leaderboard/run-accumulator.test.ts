import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addAttempt, mergeRunStates } from '#lib/leaderboard/run-accumulator.ts';
import { decodeRunState, encodeRunState } from '#lib/leaderboard/run-encoding.ts';
import { createRunState } from '#lib/leaderboard/run-state.ts';
import { attemptOf, attempts, stateOf } from './attempts.ts';

const ITEMS = 7;

describe('merging run states', () => {
  test('any split of the attempts gives the state of all of them', () => {
    fc.assert(
      fc.property(attempts(ITEMS), fc.nat(), (all, cut) => {
        const at = all.length === 0 ? 0 : cut % (all.length + 1);
        const merged = mergeRunStates(
          stateOf(ITEMS, all.slice(0, at)),
          stateOf(ITEMS, all.slice(at)),
        );
        expect(merged).toEqual(stateOf(ITEMS, all));
      }),
    );
  });

  test('order and grouping do not matter', () => {
    fc.assert(
      fc.property(attempts(ITEMS), attempts(ITEMS), attempts(ITEMS), (x, y, z) => {
        const [a, b, c] = [x, y, z].map((list) => stateOf(ITEMS, list));
        expect(mergeRunStates(a!, b!)).toEqual(mergeRunStates(b!, a!));
        expect(mergeRunStates(mergeRunStates(a!, b!), c!)).toEqual(
          mergeRunStates(a!, mergeRunStates(b!, c!)),
        );
        expect(mergeRunStates(a!, createRunState(ITEMS))).toEqual(a);
      }),
    );
  });

  test('item lists of two sizes are refused', () => {
    expect(() => mergeRunStates(createRunState(3), createRunState(4))).toThrow(/3 and 4 items/);
  });
});

describe('adding attempts', () => {
  test('an attempt outside the item list is refused and changes nothing', () => {
    const state = createRunState(2);
    expect(() => addAttempt(state, attemptOf({ itemPosition: 2 }))).toThrow(/not in a list of 2/);
    expect(() => addAttempt(state, attemptOf({ tokens: -1 }))).toThrow(/tokens/);
    expect(() => addAttempt(state, attemptOf({ reflections: Number.NaN }))).toThrow(/reflections/);
    expect(state).toEqual(createRunState(2));
  });

  test('an error is only an error: no outcome, no length', () => {
    const state = stateOf(1, [{ isError: true, outcome: 'correct', tokens: 900 }]);
    expect(state.errors).toBe(1);
    expect(state.outcomes.correct).toBe(0);
    expect(state.itemTokenCounts[0]).toBe(0);
    expect(state.itemAttempts[0]).toBe(1);
  });

  test('agreement with the source counts unparsed and unverifiable as not correct', () => {
    const state = stateOf(1, [
      { outcome: 'correct', reportedCorrect: true },
      { outcome: 'correct', reportedCorrect: false },
      { outcome: 'unparsed', reportedCorrect: true },
      { outcome: 'unverifiable', reportedCorrect: false },
      { outcome: 'wrong' },
    ]);
    expect(state.agreement).toEqual({ bothCorrect: 1, onlyOurs: 1, onlyReported: 1, neither: 1 });
  });
});

describe('the stored form', () => {
  test('decoding gives back the exact state', () => {
    fc.assert(
      fc.property(attempts(ITEMS), (all) => {
        const state = stateOf(ITEMS, all);
        expect(decodeRunState(encodeRunState(state))).toEqual(state);
      }),
    );
  });

  test('sums beyond 32 bits keep every digit', () => {
    const state = stateOf(
      1,
      Array.from({ length: 5 }, () => ({ tokens: 2 ** 50 + 1 })),
    );
    expect(decodeRunState(encodeRunState(state)).itemTokenSums[0]).toBe(5 * (2 ** 50 + 1));
  });

  test('an empty run of 10,000 items takes under 60 bytes', () => {
    expect(encodeRunState(createRunState(10_000)).length).toBeLessThan(60);
  });

  test('cut, longer or foreign bytes are refused', () => {
    const bytes = encodeRunState(stateOf(3, [{ tokens: 500 }]));
    for (let end = 0; end < bytes.length; end += 1) {
      expect(() => decodeRunState(bytes.subarray(0, end))).toThrow(/cut|version/);
    }
    expect(() => decodeRunState(Uint8Array.from([...bytes, 0]))).toThrow(/after its end/);
    expect(() => decodeRunState(Uint8Array.from([9, ...bytes.subarray(1)]))).toThrow(/version 9/);
  });
});
