import { once } from 'node:events';
import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
	'.css': 'text/css',
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.json': 'application/json',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
	'.txt': 'text/plain; charset=utf-8',
	'.wasm': 'application/wasm',
};

/** A served site. */
export interface ServedSite {
	readonly url: string;
	close(): Promise<void>;
}

/** Serves a folder at a free port of this machine the way GitHub Pages does: a folder is its index.html, and what isn't there is 404.html. */
export async function serveSite(folder: string, base = '/'): Promise<ServedSite> {
	const server = createServer((request, response) => answer(resolve(folder), base, request, response));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = address !== null && typeof address === 'object' ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}${base}`,
		close: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

function answer(folder: string, base: string, { url = '/' }: IncomingMessage, response: ServerResponse): void {
	const found = fileOf(folder, base, url);
	const file = found ?? join(folder, '404.html');
	response.writeHead(found === undefined ? 404 : 200, {
		'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
	});
	createReadStream(file)
		.on('error', () => response.destroy())
		.pipe(response);
}

function fileOf(folder: string, base: string, url: string): string | undefined {
	const { pathname } = new URL(url, 'http://127.0.0.1');
	if (!pathname.startsWith(base)) return undefined;
	const asked = join(folder, decodeURIComponent(pathname.slice(base.length)));
	const file = pathname.endsWith('/') ? join(asked, 'index.html') : asked;
	const isInside = file.startsWith(folder + sep);
	return isInside && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}
