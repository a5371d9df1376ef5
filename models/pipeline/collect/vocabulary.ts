import { CATEGORIES, type Category } from '#domain/categories.ts';
import { SYMPTOM_GROUPS } from '#domain/symptoms/symptom-groups.ts';
import { LABELS } from '../lib/visit-row.ts';

/** Spanish headers of historical files and the columns they stand for. */
const HEADER_ALIASES: Readonly<Record<string, string>> = {
  id: 'visit_id',
  sitio: 'site',
  centro: 'site',
  edad: 'age_years',
  sexo: 'sex',
  pulso: 'hr_bpm',
  frecuencia_cardiaca: 'hr_bpm',
  temperatura: 'temp_c',
  sistolica: 'sbp_mmhg',
  presion_sistolica: 'sbp_mmhg',
  diastolica: 'dbp_mmhg',
  presion_diastolica: 'dbp_mmhg',
  frecuencia_respiratoria: 'rr_bpm',
  saturacion: 'spo2_pct',
  dolor: 'pain_0_10',
  glasgow: 'gcs_3_15',
  oxigeno: 'on_oxygen',
  ambulancia: 'ambulance',
  sintomas: 'symptoms',
  categoria: 'label',
  fecha: 'visit_date',
  fecha_visita: 'visit_date',
  ano: 'year',
};

/** Lower case, without accents, with underscores: "Presión sistólica" → "presion_sistolica". */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_');
}

/** The training table's name of a header. */
export function columnOf(header: string): string {
  const name = plain(header);
  return HEADER_ALIASES[name] ?? name;
}

const CATEGORY_NAMES: ReadonlyMap<string, Category> = new Map(
  CATEGORIES.flatMap((category) => [
    [category, category] as const,
    [plain(LABELS[category]), category] as const,
    [plain(LABELS[category]).replace('enfermedad_', ''), category] as const,
  ]),
);
const UNKNOWN_NAMES: readonly string[] = ['unknown', 'desconocida', 'desconocido', 'no_se_sabe'];

/** The category a text names, `unknown` when it says so, `undefined` when nobody knows the word. */
export function categoryNamed(text: string): Category | 'unknown' | undefined {
  const name = plain(text);
  return UNKNOWN_NAMES.includes(name) ? 'unknown' : CATEGORY_NAMES.get(name);
}

const SLUGS: ReadonlyMap<string, string> = new Map(
  SYMPTOM_GROUPS.flatMap(({ slug, es, en }) => [slug, es, en].map((name) => [plain(name), slug] as const)),
);

/** The slug of a symptom group named by slug or label. */
export function symptomNamed(text: string): string | undefined {
  return SLUGS.get(plain(text));
}
