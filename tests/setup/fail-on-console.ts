import { afterEach, beforeEach, expect, vi, type MockInstance } from 'vitest';

/** A test that prints hides something: console output fails it unless the test mocks the method itself. */
const METHODS = ['error', 'warn', 'log', 'info'] as const;

let spies: MockInstance[] = [];

beforeEach(() => {
  spies = METHODS.map((method) => vi.spyOn(console, method).mockImplementation(() => undefined));
});

afterEach(() => {
  for (const [index, spy] of spies.entries()) {
    const calls = spy.mock.calls;
    spy.mockRestore();
    expect(calls, `console.${METHODS[index] ?? ''} was called`).toEqual([]);
  }
});
