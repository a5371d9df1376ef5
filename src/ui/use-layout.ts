import { useSyncExternalStore } from 'react';

/**
 * How the window is laid out. One place decides, so that styles and components agree.
 * `wide`: rail and result at the side. `medium`: bottom bar and docked result. `narrow`: bottom bar and a result bar
 * that opens a sheet; also a lying phone, which is wide enough for the dock but not high enough.
 */
export type Layout = 'wide' | 'medium' | 'narrow';

export interface WindowLayout {
  readonly layout: Layout;
  /** The on-screen keyboard leaves less than 70 % of the height: bars give way to the form. */
  readonly isKeyboardOpen: boolean;
}

const WIDE = 1100;
const MEDIUM = 700;
const LOW = 640;
const KEYBOARD_SHARE = 0.7;

export function layoutOf(width: number, height: number): Layout {
  if (width >= WIDE) return 'wide';
  return width >= MEDIUM && height >= LOW ? 'medium' : 'narrow';
}

let current: WindowLayout = { layout: 'wide', isKeyboardOpen: false };
/** Greatest height seen at this width: what is there without a keyboard, whether it shrinks the window or covers it. */
let full = { width: 0, height: 0 };

function read(): WindowLayout {
  const width = window.innerWidth;
  const height = window.visualViewport?.height ?? window.innerHeight;
  full = full.width === width ? { width, height: Math.max(full.height, height) } : { width, height };
  const isKeyboardOpen = height < full.height * KEYBOARD_SHARE && isTyping();
  const layout = layoutOf(width, isKeyboardOpen ? 0 : height);
  if (layout !== current.layout || isKeyboardOpen !== current.isKeyboardOpen) current = { layout, isKeyboardOpen };
  return current;
}

function isTyping(): boolean {
  return document.activeElement?.matches('input, textarea') ?? false;
}

function subscribe(listener: () => void): () => void {
  const targets = [window, window.visualViewport].filter((target) => target instanceof EventTarget);
  for (const target of targets) target.addEventListener('resize', listener);
  return () => {
    for (const target of targets) target.removeEventListener('resize', listener);
  };
}

export function useLayout(): WindowLayout {
  return useSyncExternalStore(subscribe, read);
}
