import { createServer, type Server } from 'node:http';
import { extname } from 'node:path';
import { build } from 'vite';
import type { DappConfig } from './config';

export type RunningDapp = {
  /** Where the dapp is served, without a slash at the end. */
  url: string;
  stop(): Promise<void>;
};

/** The port is taken, or the server could not start for another reason. */
class DappServerError extends Error {
  override readonly name = 'DappServerError';
}

const host = '127.0.0.1';

const contentTypes: { [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
};

/** As strict as a careful site would be, so that the extension is seen to work there. */
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' http: https:",
  'cache-control': 'no-store',
};

type Files = ReadonlyMap<string, string | Uint8Array>;

/** The dapp's files by path, built in memory and apart from the extension's own build. */
const buildFiles = async (): Promise<Files> => {
  const built = await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'error',
    build: { write: false, minify: false, target: 'esnext', modulePreload: { polyfill: false } },
  });
  const outputs = Array.isArray(built) ? built : 'output' in built ? [built] : [];
  return new Map(
    outputs.flatMap(({ output }) =>
      output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source] as const),
    ),
  );
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? `Port ${port} is taken; name another one.` : cause.message;
      reject(new DappServerError(`The dapp could not be served. ${why}`, { cause }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

/**
 * Builds the dapp and serves it with its configuration.
 * @param options.port default: any that is free. Each port is an origin of its own.
 * @throws DappServerError
 */
export const startDapp = async (options: { port?: number; config: DappConfig }): Promise<RunningDapp> => {
  const files = new Map([...(await buildFiles()), ['/config.json', JSON.stringify(options.config)]]);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', `http://${host}`);
    const path = pathname === '/' ? '/index.html' : pathname;
    const file = files.get(path);
    if (file === undefined) response.writeHead(404, headers).end();
    else
      response
        .writeHead(200, { ...headers, 'content-type': contentTypes[extname(path)] ?? 'text/plain' })
        .end(file);
  });
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://${host}:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
