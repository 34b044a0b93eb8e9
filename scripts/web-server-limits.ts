/**
 * Loaded before the web server. Node ends a request whose body takes longer than five minutes, which would cut the
 * upload of a large file over a slow line; the upload route has its own limit, which is on silence and not on length.
 */
import http from 'node:http';

const createServer = http.createServer.bind(http) as (...options: unknown[]) => http.Server;

http.createServer = (...options: unknown[]) => {
  const server = createServer(...options);
  server.requestTimeout = 0;
  return server;
};

// A web server whose supervisor was killed must not keep the port from the next start.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
