import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/**
 * What happens to requests on their way to the endpoint:
 *   none                nothing
 *   server-error        500 for everything under /v1
 *   captive-portal      200 with the login page of a Wi-Fi for everything
 *   drop-after-commit   the endpoint stores the records, its answer is lost
 */
export type Fault = 'none' | 'server-error' | 'captive-portal' | 'drop-after-commit';

export interface FaultyFront {
  readonly url: string;
  fault: Fault;
  /** Method and path of everything asked, in order. */
  readonly seen: readonly string[];
  /** Refuses connections, as a server that is off does. */
  switchOff(): Promise<void>;
  /** Listens again on the same port. */
  switchOn(): Promise<void>;
}

const PORTAL_PAGE = '<!doctype html><title>Wi-Fi</title><h1>Acepte las condiciones para navegar</h1>';

/** A front on the loopback interface before a real server, with the faults of a poor network. */
export async function startFaultyFront(target: () => string): Promise<FaultyFront> {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    answer(front.fault, target(), incoming, outgoing);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listen(server, 0);
  const front: FaultyFront = {
    url: `http://127.0.0.1:${port}`,
    fault: 'none',
    seen,
    switchOff: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      for (const socket of sockets) socket.destroy();
      await closed.promise;
    },
    switchOn: async () => {
      await listen(server, port);
    },
  };
  return front;
}

function answer(fault: Fault, target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const isUpload = incoming.method === 'POST' && incoming.url?.startsWith('/v1/records') === true;
  if (fault === 'captive-portal') {
    outgoing.writeHead(200, { 'Content-Type': 'text/html' }).end(PORTAL_PAGE);
  } else if (fault === 'server-error' && incoming.url?.startsWith('/v1/')) {
    outgoing.writeHead(500, { 'Content-Type': 'text/plain' }).end('broken');
  } else {
    pass(target, incoming, outgoing, fault === 'drop-after-commit' && isUpload);
  }
}

function pass(target: string, incoming: IncomingMessage, outgoing: ServerResponse, isAnswerLost: boolean): void {
  const { method, headers, url } = incoming;
  const onward = request(`${target}${url}`, { ...(method && { method }), headers }, (response) => {
    if (isAnswerLost) {
      // Only once the endpoint has answered in full is the record certainly stored.
      response.resume().once('end', () => outgoing.destroy());
      return;
    }
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
  });
  onward.once('error', () => outgoing.destroy());
  incoming.pipe(onward);
}

async function listen(server: Server, port: number): Promise<number> {
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(port, '127.0.0.1', () => listening.resolve());
  await listening.promise;
  return (server.address() as AddressInfo).port;
}
