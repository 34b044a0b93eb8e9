import { Button } from '../_ui/button.tsx';
import { CopyLine } from '../_ui/copy-button.client.tsx';
import { Field, TextInput } from '../_ui/field.tsx';
import { Notice } from '../_ui/notice.tsx';

/** Pastes a token in: an ordinary form, so that it works before any script has loaded. */
export function SignIn({ to, why, hasFailed }: { to: string; why: string; hasFailed: boolean }) {
  return (
    <div className="flex max-w-prose flex-col gap-4">
      <p>{why}</p>
      {hasFailed && (
        <Notice tone="bad" title="This token is wrong, expired or revoked">
          Check that all of it was pasted, from lac_ on. An admin can make a new one.
        </Notice>
      )}
      <form action="/admin/session" method="post" className="flex flex-col gap-3">
        <input type="hidden" name="to" value={to} />
        <Field
          label="Token"
          htmlFor="token"
          hint="Kept as a signed cookie of this browser for 30 days; the token itself is not."
        >
          <TextInput
            id="token"
            name="token"
            type="password"
            required
            autoComplete="off"
            spellCheck={false}
            placeholder="lac_…"
            aria-describedby="token-hint"
          />
        </Field>
        <Button type="submit" look="primary" className="self-start">
          Sign in
        </Button>
      </form>
      <div className="flex flex-col gap-2 text-sm text-muted">
        <p>
          No token yet? An admin of this server makes one on the page Admin. Whoever runs the server
          can also make one in its folder:
        </p>
        <CopyLine text="npx laconic token create my-name --scope submit" />
      </div>
    </div>
  );
}

/** The way out, beside the name of who is signed in. */
export function SignOut() {
  return (
    <form action="/admin/session" method="post">
      <input type="hidden" name="sign-out" value="1" />
      <Button type="submit" look="quiet">
        Sign out
      </Button>
    </form>
  );
}
