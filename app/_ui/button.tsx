import Link from 'next/link';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger';

const BASE =
  'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-[5px] px-3 text-sm font-medium whitespace-nowrap no-underline transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-50';

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-ink text-paper hover:not-disabled:bg-muted',
  plain: 'border border-hair bg-raised text-ink hover:not-disabled:border-firm',
  quiet: 'text-muted hover:not-disabled:bg-sunken hover:not-disabled:text-ink',
  danger: 'border border-bad text-bad hover:not-disabled:bg-sunken',
};

/** One primary button a screen; the rest is plain or quiet. */
export function Button({
  look = 'plain',
  className,
  type = 'button',
  ...props
}: ComponentProps<'button'> & { look?: ButtonLook }) {
  return <button type={type} className={classNames(BASE, LOOKS[look], className)} {...props} />;
}

/** A link that looks like a button: for going somewhere, never for doing something. */
export function ButtonLink({
  look = 'plain',
  className,
  ...props
}: ComponentProps<typeof Link> & { look?: ButtonLook }) {
  return <Link className={classNames(BASE, LOOKS[look], className)} {...props} />;
}
