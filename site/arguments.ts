import { parseArgs } from 'node:util';

const USAGE = `npm run docs -- [--url ADDRESS] [--serve]
  --url ADDRESS  where the site will be, e.g. https://example.github.io/docs/; defaults to the root of any host
  --serve        show it at http://127.0.0.1 until Ctrl+C`;

/** Why the command can't run, in words for the person who typed it. */
export class Unusable extends Error {}

export interface Arguments {
	readonly address?: URL;
	readonly serve: boolean;
}

/** What was typed behind `npm run docs --`. Throws `Unusable` for anything that it doesn't know. */
export function readArguments(typed: readonly string[]): Arguments {
	const { url, serve } = parsed(typed);
	return { serve, ...(url !== undefined && { address: readAddress(url) }) };
}

function parsed(typed: readonly string[]) {
	try {
		const options = { url: { type: 'string' }, serve: { type: 'boolean', default: false } } as const;
		return parseArgs({ args: [...typed], options }).values;
	} catch (fault) {
		throw new Unusable(`${fault instanceof Error ? fault.message : String(fault)}\n\n${USAGE}`);
	}
}

function readAddress(text: string): URL {
	const address = URL.canParse(text) ? new URL(text) : undefined;
	if (address === undefined || !/^https?:$/.test(address.protocol) || address.search !== '' || address.hash !== '')
		throw new Unusable(`--url is ${text}. It takes an address of http or https, e.g. https://example.github.io/docs/`);
	if (!address.pathname.endsWith('/')) address.pathname += '/';
	return address;
}
