import { expect, test, vi } from 'vitest';
import { createAppUpdate } from './app-update.ts';

class Registration extends EventTarget {
  waiting: (EventTarget & { postMessage(message: unknown): void }) | null = null;
  installing: EventTarget | null = null;
  active: object | null = {};
  async update(): Promise<void> {}
}

function newVersion() {
  return Object.assign(new EventTarget(), { postMessage: vi.fn<(message: unknown) => void>() });
}

async function open({ controlled = true, waiting = false } = {}) {
  const registration = new Registration();
  const next = newVersion();
  if (waiting) registration.waiting = next;
  const container = Object.assign(new EventTarget(), {
    controller: controlled ? {} : null,
    register: async () => registration,
  });
  const reload = vi.fn<() => void>();
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' as const });
  const update = createAppUpdate({
    serviceWorker: container as unknown as ServiceWorkerContainer,
    reload,
    page,
  });
  await Promise.resolve();
  await Promise.resolve();
  return { update, reload, registration, next, takeOver: () => container.dispatchEvent(new Event('controllerchange')) };
}

test('a version that already waits when the page opens is offered', async () => {
  const { update, reload } = await open({ waiting: true });
  expect(update.isReady()).toBe(true);
  expect(reload).not.toHaveBeenCalled();
});

test('a version that arrives later is offered once it is installed', async () => {
  const { update, registration, next } = await open();
  const told = vi.fn();
  update.subscribe(told);
  registration.installing = next;
  registration.dispatchEvent(new Event('updatefound'));
  expect(update.isReady()).toBe(false);
  registration.waiting = next;
  next.dispatchEvent(new Event('statechange'));
  expect(update.isReady()).toBe(true);
  expect(told).toHaveBeenCalledOnce();
});

test('the tab whose user agreed is reloaded, once, when the new version has taken over', async () => {
  const { update, reload, next, takeOver } = await open({ waiting: true });
  update.apply();
  update.apply();
  expect(next.postMessage).toHaveBeenCalledExactlyOnceWith({ kind: 'activate' });
  expect(reload).not.toHaveBeenCalled();
  takeOver();
  takeOver();
  expect(reload).toHaveBeenCalledOnce();
});

test('a tab that did not agree keeps its form open and is told', async () => {
  const { update, reload, takeOver } = await open();
  const told = vi.fn();
  update.subscribe(told);
  takeOver();
  expect(reload).not.toHaveBeenCalled();
  expect(update.isReady()).toBe(true);
  expect(told).toHaveBeenCalledOnce();
  update.apply();
  expect(reload).toHaveBeenCalledOnce();
});

test('the first installation is not an update', async () => {
  const { update, reload, takeOver } = await open({ controlled: false });
  takeOver();
  expect(update.isReady()).toBe(false);
  expect(reload).not.toHaveBeenCalled();
});

test('a browser without service workers just has no updates', () => {
  const page = new EventTarget() as unknown as Document;
  const update = createAppUpdate({ serviceWorker: undefined, reload: () => {}, page });
  expect(update.isReady()).toBe(false);
  update.apply();
});
