/** The screens that are not needed at once, each with the way to get it. */
export const SCREEN_PARTS = {
  patients: async () => ({ default: (await import('#screens/patients/patients-screen.tsx')).PatientsScreen }),
  validation: async () => ({ default: (await import('#screens/validation/validation-screen.tsx')).ValidationScreen }),
  sync: async () => ({ default: (await import('#screens/sync/sync-screen.tsx')).SyncScreen }),
  model: async () => ({ default: (await import('#screens/model/model-screen.tsx')).ModelScreen }),
  settings: async () => ({ default: (await import('#screens/settings/settings-screen.tsx')).SettingsScreen }),
};

/**
 * Fetches every screen, so that a first visit whose network goes away can still open them all. What cannot be fetched
 * now is asked for again when its screen is opened.
 */
export async function fetchRemainingScreens(): Promise<void> {
  await Promise.allSettled(Object.values(SCREEN_PARTS).map((fetchPart) => fetchPart()));
}
