/** A report as text stands as it is, anything else is JSON. */
export function print(report: object | string): void {
  const text = typeof report === 'string' ? report : `${JSON.stringify(report, null, 2)}\n`;
  process.stdout.write(text);
}
