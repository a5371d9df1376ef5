import { CloseButton, Drawer } from '@mantine/core';
import { m } from '#i18n/generated/messages.js';
import { SupportStrip } from '#ui/app-frame.tsx';
import { ResultPanel, type ResultPanelProps } from './result-panel.tsx';

export interface ResultSheetProps extends ResultPanelProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The whole result on a phone, over the form; Esc, the scrim and the cross close it. */
export function ResultSheet({ isOpen, onClose, ...panel }: ResultSheetProps) {
  return (
    <Drawer.Root opened={isOpen} onClose={onClose} position="bottom" size="86%" transitionProps={{ duration: 200 }}>
      <Drawer.Overlay backgroundOpacity={0.52} />
      <Drawer.Content className="v-sheet" aria-label={m.forecast_title()} radius="18px 18px 0 0">
        <Drawer.Body className="v-sheet-body">
          <div className="v-sheet-head">
            <h2>{m.forecast_title()}</h2>
            <CloseButton size={48} iconSize={26} aria-label={m.forecast_close()} onClick={onClose} />
          </div>
          <section aria-label={m.forecast_title()} className="v-sheet-result">
            <ResultPanel {...panel} />
          </section>
          <SupportStrip isFooter={false} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
