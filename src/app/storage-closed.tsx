import { MantineProvider } from '@mantine/core';
import { IconDatabaseOff } from '@tabler/icons-react';
import { m } from '#i18n/generated/messages.js';
import { SupportStrip } from '#ui/app-frame.tsx';
import { Button } from '#ui/button.tsx';
import { EmptyCard } from '#ui/empty-card.tsx';
import { cssVariablesResolver, theme } from '#ui/theme/theme.ts';
import '#ui/theme/theme.css';
import './full-page.css';

/** Instead of the app: without storage nothing could be kept, and nothing may seem to be. */
export function StorageClosed({ onReload }: { readonly onReload: () => void }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <div className="v-full-page">
        <main>
          <h1>{m.app_name()}</h1>
          <EmptyCard
            tone="danger"
            icon={<IconDatabaseOff size={28} stroke={1.9} />}
            title={m.app_closed_title()}
            actions={
              <Button look="fill" onClick={onReload}>
                {m.app_crash_reload()}
              </Button>
            }
          >
            {m.app_closed_help()}
          </EmptyCard>
        </main>
        <SupportStrip />
      </div>
    </MantineProvider>
  );
}
