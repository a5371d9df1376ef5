/**
 * Limits per vital sign and age band, in the canonical unit of the vital.
 *
 * Bands are in completed months, start included, end excluded; every interval is inclusive.
 * `hard`: refuse outside. `soft`: ask to confirm outside. `usual`: help text only.
 * `modelRange`: what the training data kept; outside it the value is stored and the model is told "missing".
 *
 * Sources: children's pulse and breathing after Fleming et al., Lancet 2011;377:1011-8; blood pressure after the
 * Pediatric Advanced Life Support reference tables (2015, unchanged 2020), bands joined; temperature after WHO newborn
 * care and IMCI (axillary); adults' usual pressure and every hard and soft limit are our own choice.
 * Table version 0.1.0, not reviewed by a clinician yet.
 */
type Interval = readonly [low: number, high: number];

export interface LimitBand {
  readonly fromMonths: number;
  /** Exclusive; `null` is no end. */
  readonly toMonths: number | null;
  readonly hard: Interval;
  readonly soft: Interval;
  readonly usual: Interval;
}

export interface VitalLimits {
  readonly modelRange: Interval;
  readonly bands: readonly LimitBand[];
}

export const VITAL_LIMITS = {
  hr_bpm: {
    modelRange: [20, 250],
    bands: [
      { fromMonths: 0, toMonths: 1, hard: [20, 350], soft: [80, 210], usual: [107, 164] },
      { fromMonths: 1, toMonths: 12, hard: [20, 350], soft: [80, 205], usual: [109, 164] },
      { fromMonths: 12, toMonths: 24, hard: [20, 350], soft: [70, 195], usual: [98, 140] },
      { fromMonths: 24, toMonths: 72, hard: [20, 320], soft: [60, 180], usual: [81, 128] },
      { fromMonths: 72, toMonths: 144, hard: [15, 300], soft: [50, 160], usual: [67, 111] },
      { fromMonths: 144, toMonths: 216, hard: [10, 300], soft: [45, 150], usual: [58, 96] },
      { fromMonths: 216, toMonths: null, hard: [10, 300], soft: [40, 150], usual: [60, 100] },
    ],
  },
  temp_c: {
    modelRange: [30.0, 43.0],
    bands: [
      { fromMonths: 0, toMonths: 1, hard: [25.0, 45.0], soft: [35.5, 38.5], usual: [36.5, 37.5] },
      { fromMonths: 1, toMonths: 12, hard: [25.0, 45.0], soft: [35.5, 40.5], usual: [36.0, 37.5] },
      { fromMonths: 12, toMonths: 24, hard: [25.0, 45.0], soft: [35.5, 41.0], usual: [36.0, 37.5] },
      { fromMonths: 24, toMonths: 72, hard: [25.0, 45.0], soft: [35.5, 40.5], usual: [36.0, 37.5] },
      { fromMonths: 72, toMonths: 144, hard: [25.0, 45.0], soft: [35.0, 40.5], usual: [36.0, 37.5] },
      { fromMonths: 144, toMonths: 216, hard: [25.0, 45.0], soft: [35.0, 40.5], usual: [36.0, 37.5] },
      { fromMonths: 216, toMonths: null, hard: [25.0, 45.0], soft: [35.0, 40.5], usual: [36.1, 38.0] },
    ],
  },
  sbp_mmhg: {
    modelRange: [40, 300],
    bands: [
      { fromMonths: 0, toMonths: 1, hard: [20, 160], soft: [50, 110], usual: [67, 84] },
      { fromMonths: 1, toMonths: 12, hard: [30, 200], soft: [60, 145], usual: [72, 104] },
      { fromMonths: 12, toMonths: 24, hard: [30, 240], soft: [70, 145], usual: [86, 106] },
      { fromMonths: 24, toMonths: 72, hard: [30, 260], soft: [75, 145], usual: [89, 112] },
      { fromMonths: 72, toMonths: 144, hard: [30, 280], soft: [80, 155], usual: [97, 120] },
      { fromMonths: 144, toMonths: 216, hard: [30, 300], soft: [85, 170], usual: [110, 131] },
      { fromMonths: 216, toMonths: null, hard: [30, 310], soft: [80, 220], usual: [90, 139] },
    ],
  },
  dbp_mmhg: {
    modelRange: [20, 200],
    bands: [
      { fromMonths: 0, toMonths: 1, hard: [5, 120], soft: [20, 75], usual: [35, 53] },
      { fromMonths: 1, toMonths: 12, hard: [5, 140], soft: [25, 90], usual: [37, 56] },
      { fromMonths: 12, toMonths: 24, hard: [5, 160], soft: [35, 95], usual: [42, 63] },
      { fromMonths: 24, toMonths: 72, hard: [5, 180], soft: [38, 95], usual: [46, 72] },
      { fromMonths: 72, toMonths: 144, hard: [5, 200], soft: [42, 100], usual: [57, 80] },
      { fromMonths: 144, toMonths: 216, hard: [5, 220], soft: [45, 105], usual: [64, 83] },
      { fromMonths: 216, toMonths: null, hard: [5, 220], soft: [40, 130], usual: [60, 89] },
    ],
  },
  rr_bpm: {
    modelRange: [4, 80],
    bands: [
      { fromMonths: 0, toMonths: 1, hard: [2, 150], soft: [20, 80], usual: [34, 57] },
      { fromMonths: 1, toMonths: 12, hard: [2, 150], soft: [16, 75], usual: [30, 57] },
      { fromMonths: 12, toMonths: 24, hard: [2, 120], soft: [15, 60], usual: [25, 46] },
      { fromMonths: 24, toMonths: 72, hard: [2, 120], soft: [13, 50], usual: [20, 34] },
      { fromMonths: 72, toMonths: 144, hard: [2, 100], soft: [11, 40], usual: [16, 24] },
      { fromMonths: 144, toMonths: 216, hard: [2, 80], soft: [9, 35], usual: [13, 21] },
      { fromMonths: 216, toMonths: null, hard: [2, 80], soft: [8, 35], usual: [12, 20] },
    ],
  },
  spo2_pct: {
    modelRange: [50, 100],
    bands: [
      { fromMonths: 0, toMonths: 1, hard: [30, 100], soft: [88, 100], usual: [95, 100] },
      { fromMonths: 1, toMonths: 12, hard: [30, 100], soft: [90, 100], usual: [95, 100] },
      { fromMonths: 12, toMonths: 24, hard: [30, 100], soft: [90, 100], usual: [95, 100] },
      { fromMonths: 24, toMonths: 72, hard: [30, 100], soft: [90, 100], usual: [95, 100] },
      { fromMonths: 72, toMonths: 144, hard: [30, 100], soft: [90, 100], usual: [95, 100] },
      { fromMonths: 144, toMonths: 216, hard: [30, 100], soft: [90, 100], usual: [95, 100] },
      { fromMonths: 216, toMonths: null, hard: [30, 100], soft: [88, 100], usual: [95, 100] },
    ],
  },
  pain_0_10: {
    modelRange: [0, 10],
    bands: [
      { fromMonths: 0, toMonths: 1, hard: [0, 10], soft: [0, 10], usual: [0, 0] },
      { fromMonths: 1, toMonths: 12, hard: [0, 10], soft: [0, 10], usual: [0, 0] },
      { fromMonths: 12, toMonths: 24, hard: [0, 10], soft: [0, 10], usual: [0, 0] },
      { fromMonths: 24, toMonths: 72, hard: [0, 10], soft: [0, 10], usual: [0, 0] },
      { fromMonths: 72, toMonths: 144, hard: [0, 10], soft: [0, 10], usual: [0, 0] },
      { fromMonths: 144, toMonths: 216, hard: [0, 10], soft: [0, 10], usual: [0, 0] },
      { fromMonths: 216, toMonths: null, hard: [0, 10], soft: [0, 10], usual: [0, 0] },
    ],
  },
} as const satisfies Record<string, VitalLimits>;
