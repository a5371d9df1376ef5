import { IconAlertTriangle } from '@tabler/icons-react';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { m } from '#i18n/generated/messages.js';
import { Button } from '#ui/button.tsx';
import { EmptyCard } from '#ui/empty-card.tsx';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  readonly onReload: () => void;
}

/** When a screen breaks: says what is safe and offers to reload. Another screen starts afresh (give it a key). */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly broken: string | undefined }> {
  override state: { readonly broken: string | undefined } = { broken: undefined };

  static getDerivedStateFromError(error: unknown): { readonly broken: string } {
    return { broken: error instanceof Error ? error.name : typeof error };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    // Kind and place only: a message may carry what was typed.
    console.error('screen failed', error instanceof Error ? error.name : typeof error, info.componentStack);
  }

  override render(): ReactNode {
    const { broken } = this.state;
    if (broken === undefined) return this.props.children;
    return (
      <div className="v-page" role="alert">
        <EmptyCard
          tone="danger"
          icon={<IconAlertTriangle size={28} stroke={1.9} />}
          title={m.app_crash_title()}
          actions={
            <Button look="fill" onClick={this.props.onReload}>
              {m.app_crash_reload()}
            </Button>
          }
        >
          {m.app_crash_safe()} {m.app_crash_detail({ detail: broken })}
        </EmptyCard>
      </div>
    );
  }
}
