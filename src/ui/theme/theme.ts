import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** The Mantine theme on top of `tokens.css`, which is the source of every value. */
export const theme = createTheme({
  primaryColor: 'petroleo',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  colors: {
    petroleo: [
      '#eef7f6',
      '#d8ecea',
      '#b0d8d6',
      '#7fc3c1',
      '#4fa7a7',
      '#2b8a8c',
      '#167276',
      '#0b5d63',
      '#0b484e',
      '#0a353a',
    ],
  },
  fontFamily: 'var(--v-font)',
  defaultRadius: 12,
  focusRing: 'auto',
  respectReducedMotion: true,
});

const mapped = {
  '--mantine-color-body': 'var(--v-surface)',
  '--mantine-color-text': 'var(--v-text)',
  '--mantine-color-dimmed': 'var(--v-text-2)',
  '--mantine-color-placeholder': 'var(--v-text-3)',
  '--mantine-color-default': 'var(--v-surface)',
  '--mantine-color-default-hover': 'var(--v-surface-2)',
  '--mantine-color-default-color': 'var(--v-text)',
  '--mantine-color-default-border': 'var(--v-line)',
  '--mantine-color-error': 'var(--v-danger)',
  '--mantine-color-anchor': 'var(--v-action-text)',
  '--mantine-primary-color-filled': 'var(--v-action)',
  '--mantine-primary-color-filled-hover': 'var(--v-action-press)',
  '--mantine-primary-color-contrast': 'var(--v-text-on-fill)',
  '--mantine-primary-color-light': 'var(--v-action-tint)',
  '--mantine-primary-color-light-color': 'var(--v-action-text)',
};

/** Where Mantine draws by itself, it draws with our tokens. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: { '--mantine-line-height': '1.45' },
  light: mapped,
  dark: mapped,
});
