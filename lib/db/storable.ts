/** Texts that quote a file or an output as Postgres takes them: it stores neither U+0000 nor half a surrogate pair. */
export function toStorable(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\0', '\u2400').toWellFormed();
}
