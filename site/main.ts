import { once } from 'node:events';
import { join, relative, resolve } from 'node:path';
import { readArguments, Unusable } from './arguments';
import { buildSite } from './build';
import { serveSite } from './serve';

const OUT = join(__dirname, 'dist');
const say = (text: string) => console.log(text);

/** `npm run docs`: builds the site, and shows it when asked to. */
async function main(): Promise<void> {
	const { address, serve } = readArguments(process.argv.slice(2));
	say('Building the site …');
	await buildSite({ out: OUT, say, ...(address && { address }) });
	say(
		`Built ${relative(process.cwd(), OUT)}, which any web server can serve${serve ? '' : '; npm run docs -- --serve shows it'}.`,
	);
	if (!serve) return;
	const site = await serveSite(resolve(OUT), address?.pathname);
	say(`Open ${site.url}   Ctrl+C stops it.`);
	await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
	await site.close();
}

main().catch((fault: unknown) => {
	console.error(fault instanceof Unusable ? fault.message : fault);
	process.exitCode = 1;
});
