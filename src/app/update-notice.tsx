import { IconDownload } from '@tabler/icons-react';
import { m } from '#i18n/generated/messages.js';
import { useServices, useStore } from '#screens/services.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';

/** A new version waits. It is offered only while no form is open: code is never replaced under one. */
export function UpdateNotice() {
  const { update, openForm } = useServices();
  const isReady = useStore(update, update.isReady);
  const isFormOpen = useStore(openForm, openForm.isOpen);
  if (!isReady) return null;
  return (
    <div className="v-app-notices">
      <Notice
        tone="info"
        role="status"
        icon={<IconDownload size={22} stroke={1.9} />}
        title={m.app_update_ready()}
        action={isFormOpen ? undefined : <Button onClick={update.apply}>{m.app_update_apply()}</Button>}
      >
        {isFormOpen ? m.app_update_deferred() : m.app_update_never()}
      </Notice>
    </div>
  );
}
