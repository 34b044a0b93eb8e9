import { ButtonLink } from './_ui/button.tsx';
import { PageHeader } from './_ui/page-header.tsx';

export default function NotFound() {
  return (
    <>
      <PageHeader
        title="There is no such page here"
        lead="It may have been withdrawn, or it is not public and this browser is not signed in as its owner."
      />
      <ButtonLink href="/">Back to the board</ButtonLink>
    </>
  );
}
