/** Addresses of the screens. Spanish, like the app's first language; they never change with the language. */
export const ROUTES = {
  triage: '/',
  patients: '/pacientes',
  /** The validation form of one triage; `:id` is the triage record's id. */
  validation: '/pacientes/:id',
  sync: '/sincronizacion',
  model: '/modelo',
  settings: '/ajustes',
} as const;

export type ScreenName = keyof typeof ROUTES;

/** Address of the validation form of a triage record. */
export function validationPath(triageId: string): string {
  return `/pacientes/${encodeURIComponent(triageId)}`;
}
