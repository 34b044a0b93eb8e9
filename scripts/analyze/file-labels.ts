import path from 'node:path';

/** Short names that tell the files apart: what differs in their folders where that is enough, else their own names too. */
export function fileLabels(files: readonly string[]): string[] {
  const names = files.map((file) => path.basename(file));
  if (files.length < 2) return names;
  const steps = files.map((file) => path.resolve(file).split(path.sep));
  const isShared = (step: string): boolean => steps.every((own) => own.includes(step));
  const folders = steps.map((own) =>
    own
      .slice(0, -1)
      .filter((step) => !isShared(step))
      .join('/'),
  );
  if (isTelling(folders)) return folders;
  if (isTelling(names)) return names;
  return files.map((file, index) => `${folders[index] ?? ''}/${names[index] ?? file}`);
}

function isTelling(labels: readonly string[]): boolean {
  return new Set(labels).size === labels.length && !labels.includes('');
}
