/** Page to service worker: the user agreed to the new version. */
export interface ActivateMessage {
  readonly kind: 'activate';
}
