import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

const CONTROL =
  'h-8 w-full min-w-0 rounded-[5px] border border-hair bg-raised px-2.5 text-sm text-ink transition-colors duration-150 placeholder:text-muted hover:border-firm aria-invalid:border-bad disabled:opacity-50';

export function TextInput({ className, ...props }: ComponentProps<'input'>) {
  return <input className={classNames(CONTROL, className)} {...props} />;
}

export function TextArea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea className={classNames(CONTROL, 'h-auto min-h-20 py-1.5', className)} {...props} />
  );
}

/** The browser's own list: it works by keyboard, on phones and for screen readers as it is. */
export function SelectInput({ className, ...props }: ComponentProps<'select'>) {
  return <select className={classNames(CONTROL, 'pr-1.5', className)} {...props} />;
}

interface FieldProps {
  label: ReactNode;
  htmlFor: string;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A control with its label above and a hint, or what is wrong with it, below (`<id>-hint` for aria-describedby). */
export function Field({ label, htmlFor, hint, error, className, children }: FieldProps) {
  return (
    <div className={classNames('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={htmlFor} className="text-xs font-medium text-muted">
        {label}
      </label>
      {children}
      {error !== undefined && (
        <p id={`${htmlFor}-hint`} role="alert" className="text-xs text-bad">
          {error}
        </p>
      )}
      {error === undefined && hint !== undefined && (
        <p id={`${htmlFor}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
