import type { PerCategory } from '#domain/categories.ts';
import type { ModelInputs } from '#domain/features/model-inputs.ts';
import type { ModelManifest } from '#domain/model/manifest.ts';
import type { ModelIdentity, ShownForecast } from '#domain/records/record.ts';

/** Why there is no forecast, once loading has ended. */
export type LoadFailure = Exclude<Extract<ShownForecast, { status: 'unavailable' }>['reason'], 'loading'>;

/** Page to worker. The first message must be `load`. */
export type ToWorker =
  /** `baseUrl`: absolute address of the folder with `current.json`, with a slash at the end. */
  | { readonly kind: 'load'; readonly baseUrl: string }
  | { readonly kind: 'predict'; readonly id: number; readonly inputs: ModelInputs };

/** Worker to page. One `ready` or `unavailable` answers `load`; one `answer` answers each `predict`. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly identity: ModelIdentity; readonly manifest: ModelManifest }
  | { readonly kind: 'unavailable'; readonly reason: LoadFailure }
  | { readonly kind: 'answer'; readonly id: number; readonly probabilities: PerCategory };
