import { IconShieldHalf } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { Link } from 'wouter';
import { m } from '#i18n/generated/messages.js';
import { BrandMark } from './brand-mark.tsx';
import { useLayout } from './use-layout.ts';
import './app-frame.css';

export interface NavItem {
  readonly href: string;
  readonly label: string;
  /** 26 px icon from the icon set. */
  readonly icon: ReactNode;
  readonly isCurrent: boolean;
  /** Things waiting behind this link; the sentence describes the link, whose name stays its label. */
  readonly count?: { readonly value: number; readonly name: string } | undefined;
}

export interface AppFrameProps {
  readonly nav: readonly NavItem[];
  readonly title: string;
  readonly subtitle: string;
  /** Right end of the top bar: connection and user. */
  readonly tools: ReactNode;
  /** Messages of the whole app, above the screen. */
  readonly notices?: ReactNode;
  readonly skipLabel: string;
  readonly children: ReactNode;
}

/** Everything around a screen: navigation, title, the strip that says what Vigía is not. */
export function AppFrame({ nav, title, subtitle, tools, notices, skipLabel, children }: AppFrameProps) {
  const { layout, isKeyboardOpen } = useLayout();
  const main = useRef<HTMLElement>(null);
  return (
    <div className="v-app" data-layout={layout} data-keyboard={isKeyboardOpen ? 'open' : 'closed'}>
      <a
        className="v-skip"
        href="#contenido"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {skipLabel}
      </a>
      <nav className="v-nav" aria-label={m.nav_label()}>
        <div className="v-brand">
          <BrandMark />
          {m.app_name()}
        </div>
        {nav.map((item) => (
          <Link
            key={item.href}
            href={item.href}
            aria-current={item.isCurrent ? 'page' : undefined}
            aria-label={item.label}
            aria-description={item.count?.name}
          >
            <span aria-hidden="true">{item.icon}</span>
            <span>{item.label}</span>
            {item.count && (
              <span className="v-nav-count" aria-hidden="true">
                {item.count.value}
              </span>
            )}
          </Link>
        ))}
      </nav>
      <header className="v-top">
        <div className="v-top-titles">
          <h1>{title}</h1>
          <p>{subtitle}</p>
        </div>
        {tools}
      </header>
      <main className="v-main" id="contenido" ref={main} tabIndex={-1}>
        {notices !== undefined && notices}
        <div className="v-screen">{children}</div>
      </main>
      <SupportStrip />
    </div>
  );
}

/** On every screen, as the page's footer, and at the foot of what covers one. */
export function SupportStrip({ isFooter = true }: { readonly isFooter?: boolean }) {
  const Element = isFooter ? 'footer' : 'div';
  return (
    <Element className="v-strip">
      <IconShieldHalf size={18} stroke={1.9} aria-hidden="true" />
      <strong>{m.app_supports()}</strong>
    </Element>
  );
}
