/** Why a text was not read; never thrown beyond `lib/math`. */
export class MathSyntaxError extends Error {}
