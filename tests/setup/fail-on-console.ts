import { afterEach, beforeEach, expect, vi } from 'vitest';

/** A test that prints hides something: console output fails it unless the test mocks the method itself. */
const METHODS = ['error', 'warn', 'log', 'info'] as const;

beforeEach(() => {
  for (const method of METHODS) vi.spyOn(console, method).mockImplementation(() => undefined);
});

afterEach(() => {
  for (const method of METHODS) {
    const spy = vi.mocked(console[method]);
    const calls = spy.mock.calls;
    spy.mockRestore();
    expect(calls, `console.${method} was called`).toEqual([]);
  }
});
