/** A key of the keyboard beside the button that does the same. */
export function Key({ name }: { name: string }) {
  return (
    <kbd className="rounded-[3px] border border-hair px-1 font-mono text-xs text-muted">{name}</kbd>
  );
}
