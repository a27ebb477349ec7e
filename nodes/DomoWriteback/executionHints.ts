import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import { addHints, toHint } from '../shared/executionHint';
import { sanitize } from '../../core/support/errors';
import type { Receipt, Skipped } from '../../core/transfer/receipt';

/** How many names or sentences a hint holds; the rest is in the items. */
const MOST_NAMED = 3;

/** What the items came to. */
interface Said {
	readonly receipts: ReadonlyArray<Receipt | Skipped>;
	/** Sentences about names that promise another content than their files have. */
	readonly disagreements: readonly string[];
	/** Sentences about files that n8n holds in memory. */
	readonly memoryNotes: ReadonlySet<string>;
}

/** What a user should know of a run that went well, once for each kind, however many items there were. */
export function addExecutionHints(n8n: IExecuteFunctions, messages: Said, warnings: readonly string[]): void {
	addHints(n8n, hintsOf(messages, warnings));
}

/** The hints, gravest first. n8n shows them as HTML. */
function hintsOf(
	{ receipts, disagreements, memoryNotes }: Said,
	warnings: readonly string[],
): readonly NodeExecutionHint[] {
	const written = receipts.filter((receipt) => 'bytes' in receipt);
	const limited = written.filter(({ pdpEnabled, verification, rowsExpected }) => {
		return pdpEnabled === true && (verification === 'verified' || rowsExpected === undefined);
	});
	return [
		...hint('warning', 'Published, but not verified', notesOf(written)),
		...hint(
			'warning',
			'Skipped because there are no rows to write, but not verified',
			notesOf(receipts.filter((receipt) => 'skipped' in receipt)),
		),
		...hint('warning', "The name of a file doesn't match its content", disagreements),
		...[...new Set(warnings)].map((text) => toHint('warning', text)),
		...hint(
			'warning',
			'PDP is on: the file holds the rows that this Domo client may see, which can be more than its reader may see (all rows, if the client belongs to an Admin, an owner, or a user with Manage DataSet)',
			limited.map(({ dataSetName }) => sanitize(dataSetName)),
		),
		...hint(
			'info',
			'n8n loads the whole file into memory; N8N_DEFAULT_BINARY_DATA_MODE=filesystem streams it instead',
			[...memoryNotes],
		),
		...hint(
			'info',
			'What the server refused or did differently',
			receipts.flatMap(({ notes = [] }) => notes),
		),
		...hint(
			'info',
			'Removed part files that an interrupted writeback had left behind',
			written.flatMap(({ orphansRemoved = [] }) => orphansRemoved.map(sanitize)),
		),
	];
}

/** Which DataSets couldn't be verified, and why. */
function notesOf(receipts: Said['receipts']): readonly string[] {
	return receipts.flatMap(({ dataSetName, verificationNote }) =>
		verificationNote === undefined ? [] : [`${sanitize(dataSetName)}: ${verificationNote}`],
	);
}

/** One hint about all of `told`; none when there is nothing. */
function hint(type: 'warning' | 'info', what: string, message: readonly string[]): readonly NodeExecutionHint[] {
	const different = [...new Set(message)];
	if (different.length === 0) return [];
	const more = different.length - MOST_NAMED;
	const named = different.slice(0, MOST_NAMED).map((text) => text.replace(/\.$/, ''));
	const rest = more > 0 ? [`and ${more} more, listed in the items`] : [];
	return [toHint(type, `${what}: ${[...named, ...rest].join('; ')}.`)];
}
