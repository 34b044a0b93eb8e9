/** Why a text was not read; never thrown beyond `lib/math`. It keeps no stack: writing one takes longer than the reading. */
export class MathSyntaxError extends Error {
  constructor(message: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}
