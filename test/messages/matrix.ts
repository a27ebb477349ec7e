import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { steady } from '../faults/page';
import type { Messages } from './reading/entries';
import type { Template } from './reading/template';

/** What docs/faults.md says that a user sees: the fault matrix wrote it, through n8n's engine. */
export function toldInMatrix(): ReadonlyArray<{ readonly reason: string; readonly told: string }> {
	const page = readFileSync(resolve(__dirname, '../../docs/faults.md'), 'utf8');
	return [...page.matchAll(/^\| .*? \| `(\w+)`: (.*) \| the old file.*$/gm)].map(([, reason = '', told = '']) => ({
		reason,
		told: told.replaceAll('\\|', '|'),
	}));
}

/** The messages with what docs/faults.md puts in place of what differs from run to run. */
export function asInMatrix(messages: Messages): Messages {
	const entries = messages.entries.map((entry) => ({
		...entry,
		message: steadied(entry.message),
		hint: steadied(entry.hint),
	}));
	return { ...messages, entries };
}

function steadied(template: Template): Template {
	return template.map((piece) => (piece.kind === 'text' ? { ...piece, text: steady(piece.text) } : piece));
}
