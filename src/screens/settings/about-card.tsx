import { m } from '#i18n/generated/messages.js';
import { useServices, useStore } from '../services.tsx';
import styles from './settings-screen.module.css';

/** What this is, which version, and whose work it stands on. */
export function AboutCard() {
  const { appVersion, predictor } = useServices();
  const model = useStore(predictor, () => predictor.model());
  return (
    <section aria-labelledby="settings-about">
      <h2 id="settings-about" className={styles['title']}>
        {m.settings_about()}
      </h2>
      <div className={`v-card ${styles['about']}`}>
        <p>
          <strong>{m.settings_about_version({ version: appVersion })}</strong>
          <br />
          <span className="v-small v-muted">
            {model.status === 'ready'
              ? m.forecast_model_version({ version: model.identity.version })
              : m.settings_about_no_model()}
          </span>
        </p>
        <p>{m.settings_about_purpose()}</p>
        <h3>{m.settings_licences()}</h3>
        <ul className={styles['licences']}>
          <li>{m.settings_licence_code()}</li>
          <li>{m.settings_licence_font()}</li>
          <li>{m.settings_licence_icons()}</li>
          <li>{m.settings_licence_data()}</li>
        </ul>
      </div>
    </section>
  );
}
