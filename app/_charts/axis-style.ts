/** The text at the ticks of an axis and beside it. */
export const AXIS = { fill: 'var(--ink-muted)', fontSize: 11 } as const;

/** The line of an axis and its tick marks. */
export const LINE = { stroke: 'var(--line-firm)' } as const;
