import { parseArgs } from 'node:util';
import { isFree } from '../endpoints';
import { Unusable } from './home';

const USAGE = `npm run n8n -- [--reset] [--folder FOLDER]
  --reset           start from nothing: delete the workflows, credentials and files of earlier runs
  --folder FOLDER   keep them there instead of in the cache folder
N8N_PORT=5679 npm run n8n uses another port than 5678.`;

export interface Arguments {
	readonly reset: boolean;
	readonly folder?: string;
}

/** What was typed behind `npm run n8n --`. Throws `Unusable` for anything else than it knows. */
export function readArguments(typed: readonly string[]): Arguments {
	try {
		const { values } = parseArgs({
			args: [...typed],
			options: { reset: { type: 'boolean', default: false }, folder: { type: 'string' } },
		});
		const { reset, folder } = values;
		return folder === undefined ? { reset } : { reset, folder };
	} catch (fault) {
		throw new Unusable(`${fault instanceof Error ? fault.message : String(fault)}\n\n${USAGE}`);
	}
}

/** n8n's own port, so that a bookmark keeps working; another one when N8N_PORT says so. Rejects with `Unusable` when it is taken. */
export async function freeN8nPort(): Promise<number> {
	const text = process.env.N8N_PORT || '5678';
	const port = Number(text);
	if (!Number.isInteger(port) || port < 1 || port > 65_535)
		throw new Unusable(`N8N_PORT is ${text}. It must be a number from 1 to 65535, e.g. N8N_PORT=5679 npm run n8n`);
	if (await isFree(port)) return port;
	throw new Unusable(
		`Port ${port} is in use, perhaps by another n8n. Use another port: N8N_PORT=${port === 65_535 ? 5678 : port + 1} npm run n8n`,
	);
}
