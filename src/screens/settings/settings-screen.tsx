import {
  IconAlertTriangle,
  IconBuilding,
  IconLanguage,
  IconMoon,
  IconSun,
  IconTemperature,
  IconUser,
} from '@tabler/icons-react';
import { useState } from 'react';
import { m } from '#i18n/generated/messages.js';
import { ChoiceBar } from '#ui/choice-bar.tsx';
import { Notice } from '#ui/notice.tsx';
import type { Settings } from '#workflows/ports.ts';
import { useServices, useStore } from '../services.tsx';
import surface from '../surface.module.css';
import { AboutCard } from './about-card.tsx';
import { SettingGroup, SettingRow } from './setting-row.tsx';
import styles from './settings-screen.module.css';
import { SettingText } from './setting-text.tsx';

/** How this tablet shows things, and what it writes into every record about where and who. */
export function SettingsScreen() {
  const { settings } = useServices();
  const current = useStore(settings, () => settings.get());
  const [hasFailed, setFailed] = useState(false);
  const change = (part: Partial<Settings>): void => {
    settings.set(part).then(
      () => setFailed(false),
      () => setFailed(true),
    );
  };
  return (
    <div className={`v-page ${surface['page']} ${styles['columns']}`}>
      <div role="alert" className={styles['wide']}>
        {hasFailed && <Notice tone="danger" icon={<IconAlertTriangle size={22} />} title={m.settings_save_failed()} />}
      </div>
      <SettingGroup title={m.settings_screen()}>
        <SettingRow Icon={IconLanguage} name={m.settings_language()} help={m.settings_language_help()}>
          <ChoiceBar
            required
            label={m.settings_language()}
            value={current.language}
            onChange={(language) => language !== '' && change({ language })}
            choices={[
              { value: 'es', label: 'Español' },
              { value: 'en', label: 'English' },
            ]}
          />
        </SettingRow>
        <SettingRow Icon={IconMoon} name={m.settings_theme()} help={m.settings_theme_help()}>
          <ChoiceBar
            required
            label={m.settings_theme()}
            value={current.colorScheme}
            onChange={(colorScheme) => colorScheme !== '' && change({ colorScheme })}
            choices={[
              { value: 'light', label: m.settings_theme_light() },
              { value: 'dark', label: m.settings_theme_dark() },
              { value: 'auto', label: m.settings_theme_auto() },
            ]}
          />
        </SettingRow>
        <SettingRow Icon={IconSun} name={m.settings_sunlight()} help={m.settings_sunlight_help()}>
          <input
            type="checkbox"
            role="switch"
            className={styles['switch']}
            aria-label={m.settings_sunlight()}
            checked={current.sunlight}
            aria-checked={current.sunlight}
            onChange={(event) => change({ sunlight: event.currentTarget.checked })}
          />
        </SettingRow>
        <SettingRow Icon={IconTemperature} name={m.settings_temperature()} help={m.settings_temperature_help()}>
          <ChoiceBar
            required
            label={m.settings_temperature()}
            value={current.temperatureUnit}
            onChange={(temperatureUnit) => temperatureUnit !== '' && change({ temperatureUnit })}
            choices={[
              { value: 'Cel', label: '°C' },
              { value: '[degF]', label: '°F' },
            ]}
          />
        </SettingRow>
      </SettingGroup>
      <div className={styles['column']}>
        <SettingGroup title={m.settings_tablet()}>
          <SettingText
            Icon={IconBuilding}
            name={m.settings_site()}
            help={m.settings_site_help()}
            value={current.siteName}
            onChange={(siteName) => change({ siteName })}
          />
          <SettingText
            Icon={IconUser}
            name={m.settings_user()}
            help={m.settings_user_help()}
            value={current.userName}
            onChange={(userName) => change({ userName })}
          />
        </SettingGroup>
        <AboutCard />
      </div>
    </div>
  );
}
