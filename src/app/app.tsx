import { MantineProvider } from '@mantine/core';
import { useEffect } from 'react';
import { setLanguage } from '#i18n/language.ts';
import { type Services, ServicesProvider, useStore } from '#screens/services.tsx';
import { LiveRegion } from '#ui/live-region.tsx';
import { cssVariablesResolver, theme } from '#ui/theme/theme.ts';
import type { Settings } from '#workflows/ports.ts';
import { Shell } from './shell.tsx';
import '#ui/theme/theme.css';

/** The app over its services: language, theme, ports, shell. */
export function App({ services }: { readonly services: Services }) {
  const settings = useStore(services.settings, services.settings.get);
  // Before anything below renders: every text is made while rendering, so a change shows at once and everywhere.
  setLanguage(settings.language);
  useDocumentLook(settings);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      {...forcedScheme(settings)}
    >
      <ServicesProvider value={services}>
        <LiveRegion>
          <Shell />
        </LiveRegion>
      </ServicesProvider>
    </MantineProvider>
  );
}

/** Sunlight mode is black on white, whatever the scheme. */
function forcedScheme({ colorScheme, sunlight }: Settings): { readonly forceColorScheme?: 'light' | 'dark' } {
  if (sunlight) return { forceColorScheme: 'light' };
  return colorScheme === 'auto' ? {} : { forceColorScheme: colorScheme };
}

function useDocumentLook({ language, sunlight }: Settings): void {
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    const wishes = matchMedia('(prefers-contrast: more)');
    const apply = (): void => {
      const isSunlight = sunlight || wishes.matches;
      if (isSunlight) document.documentElement.dataset['vigiaContrast'] = 'sol';
      else delete document.documentElement.dataset['vigiaContrast'];
    };
    apply();
    wishes.addEventListener('change', apply);
    return () => wishes.removeEventListener('change', apply);
  }, [sunlight]);
}
