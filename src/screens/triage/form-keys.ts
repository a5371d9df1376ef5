import type { KeyboardEvent } from 'react';

/**
 * Enter, and a tablet's "next" key, go to the next field and never send; Ctrl or ⌘ with Enter saves. Buttons and links
 * keep their Enter, and so does an open list.
 */
export function onFormKeyDown(event: KeyboardEvent<HTMLFormElement>, save: () => void): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    save();
    return;
  }
  const { target } = event;
  if (!(target instanceof HTMLInputElement)) return;
  const isPicking = target.dataset['combobox'] === 'open';
  event.preventDefault();
  if (!isPicking) focusNext(event.currentTarget, target);
}

function focusNext(form: HTMLFormElement, from: HTMLElement): void {
  const entries = [...form.querySelectorAll<HTMLElement>('[data-entry]')];
  const current = from.closest<HTMLElement>('[data-entry]');
  const next = current && entries[entries.indexOf(current) + 1];
  const target = next?.matches('[role="radiogroup"]')
    ? (next.querySelector<HTMLElement>('input:checked') ?? next.querySelector<HTMLElement>('input'))
    : next;
  (target ?? form.querySelector<HTMLElement>('button[type="submit"]'))?.focus();
}
