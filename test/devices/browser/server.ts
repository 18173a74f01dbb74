import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Pages are isolated from others: only then do they have shared memory, and tfjs its threaded wasm. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Serves a folder on a free port of this machine; an empty page where there is no such file and the path is /empty. */
export async function serve(
  folder: () => string | undefined,
  headers: Readonly<Record<string, string>> = ISOLATED,
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://localhost').pathname;
    const path = normalize(asked === '/' ? '/index.html' : asked);
    const root = folder();
    const content = path === '/empty' || root === undefined ? Promise.resolve('') : readFile(join(root, path));
    content.then(
      (body) => response.writeHead(200, { ...headers, 'Content-Type': TYPES[extname(path)] ?? 'text/html' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}` };
}
