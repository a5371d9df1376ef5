import { IconDeviceFloppy } from '@tabler/icons-react';
import type { Ref } from 'react';
import { formatTime } from '#i18n/format.ts';
import { m } from '#i18n/generated/messages.js';
import { Button } from '#ui/button.tsx';
import type { DraftStatus } from './use-draft-keeper.ts';

export interface SaveBarProps {
  readonly status: DraftStatus;
  readonly canDiscard: boolean;
  /** A form was just discarded and can be brought back. */
  readonly undoRef: Ref<HTMLButtonElement>;
  readonly onUndo: (() => void) | undefined;
  readonly onDiscard: () => void;
}

/** Where the draft is, and the one action of the screen. */
export function SaveBar({ status, canDiscard, undoRef, onUndo, onDiscard }: SaveBarProps) {
  return (
    <div className="v-save-bar">
      {onUndo ? (
        <p className="v-save-status">
          {m.save_discarded()}
          <Button ref={undoRef} look="quiet" onClick={onUndo}>
            {m.save_undo()}
          </Button>
        </p>
      ) : (
        <p className="v-save-status v-small v-muted" data-failed={status.kind === 'failed'}>
          <IconDeviceFloppy size={18} stroke={1.9} aria-hidden="true" />
          {statusText(status)}
        </p>
      )}
      {canDiscard && (
        <Button look="quiet" className="v-discard" onClick={onDiscard}>
          {m.save_discard()}
        </Button>
      )}
      <Button look="main" type="submit">
        {m.save_button()}
      </Button>
    </div>
  );
}

function statusText(status: DraftStatus): string {
  switch (status.kind) {
    case 'none':
      return m.save_draft_none();
    case 'pending':
      return m.save_draft_pending();
    case 'failed':
      return m.save_draft_failed();
    case 'saved':
      return m.save_draft_at({ time: formatTime(status.at) });
  }
}
