import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { m } from '#i18n/generated/messages.js';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { TextField } from '#ui/text-field.tsx';
import type { Enrolment } from '#workflows/ports.ts';
import { useServices } from '../services.tsx';
import { type EnrolmentIssue, readEnrolment } from './read-enrolment.ts';
import styles from './sync-screen.module.css';

type Outcome = Awaited<ReturnType<Enrolment['enrol']>>;

const OUTCOMES = {
  enrolled: { tone: 'ok', text: m.sync_enrol_done },
  refused: { tone: 'danger', text: m.sync_enrol_refused },
  unreachable: { tone: 'warn', text: m.sync_enrol_unreachable },
  'not-the-endpoint': { tone: 'warn', text: m.sync_enrol_not_the_endpoint },
} as const satisfies Record<Outcome, unknown>;

/** Address and key of the upload endpoint. Both are checked with the endpoint before they are kept. */
export function EnrolmentForm() {
  const { enrolment } = useServices();
  const endpointRef = useRef<HTMLInputElement>(null);
  const tokenRef = useRef<HTMLInputElement>(null);
  const [issue, setIssue] = useState<EnrolmentIssue>();
  const [progress, setProgress] = useState<'asking' | Outcome>();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const reading = readEnrolment(endpointRef.current?.value ?? '', tokenRef.current?.value ?? '');
    setIssue(reading.issue);
    if (reading.issue !== undefined) {
      (reading.issue === 'endpoint' ? endpointRef : tokenRef).current?.focus();
      return;
    }
    setProgress('asking');
    setProgress(await enrolment.enrol(reading.endpoint, reading.token));
  };

  return (
    <form className={styles['form']} noValidate onSubmit={(event) => void submit(event)}>
      <p className="v-small v-muted">{m.sync_enrolment_help()}</p>
      <TextField
        ref={endpointRef}
        type="url"
        label={m.sync_enrol_endpoint()}
        help={m.sync_enrol_endpoint_help()}
        error={issue === 'endpoint' ? m.sync_enrol_endpoint_missing() : undefined}
      />
      <TextField
        ref={tokenRef}
        type="password"
        label={m.sync_enrol_token()}
        error={issue === 'token' ? m.sync_enrol_token_missing() : undefined}
      />
      <Button type="submit" look="fill">
        {progress === 'asking' ? m.sync_enrolling() : m.sync_enrol()}
      </Button>
      <div role="status">
        {progress !== undefined && progress !== 'asking' && (
          <Notice
            tone={OUTCOMES[progress].tone}
            icon={progress === 'enrolled' ? <IconCircleCheck size={22} /> : <IconAlertTriangle size={22} />}
            title={OUTCOMES[progress].text()}
          />
        )}
      </div>
    </form>
  );
}
