import { useState } from 'react';
import { m } from '#i18n/generated/messages.js';
import { Button } from '#ui/button.tsx';
import { Card } from '#ui/card.tsx';
import { EnrolmentForm } from './enrolment-form.tsx';

/** Where this tablet sends its records; the form opens by itself while there is no endpoint. */
export function EnrolmentCard({ endpoint }: { readonly endpoint?: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={m.sync_enrolment()}>
      {endpoint === undefined || isOpen ? (
        <EnrolmentForm />
      ) : (
        <>
          <p style={{ overflowWrap: 'anywhere', marginBottom: 'var(--v-s3)' }}>{m.sync_enrolled_at({ endpoint })}</p>
          <Button onClick={() => setOpen(true)}>{m.sync_enrol_again()}</Button>
        </>
      )}
    </Card>
  );
}
