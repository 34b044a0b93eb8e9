/** How far something is; null while nobody knows how much there is. The words beside it say what is counted. */
export function ProgressBar({ label, share }: { label: string; share: number | null }) {
  const percent = share === null ? null : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': percent })}
      className="h-1 w-full overflow-hidden rounded-full bg-hair"
    >
      <div
        className={
          percent === null
            ? 'h-full w-full animate-breathe bg-firm'
            : 'h-full bg-ink transition-[width] duration-150'
        }
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
