import { setImmediate } from 'node:timers/promises';
import type { Redact } from './redactor';

/** So many texts take a few milliseconds; then others have their turn. */
const TEXTS_A_TURN = 200;

/** Clears every text of a JSON document, which belongs to the caller and is changed in place. Names of fields stay. Resolves to the document. */
export async function redactJson(document: unknown, redact: Redact): Promise<unknown> {
	const root = { document };
	const open: object[] = [root];
	let texts = 0;
	for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
		for (const [key, value] of Object.entries(parent)) {
			if (typeof value === 'object' && value !== null) open.push(value);
			if (typeof value !== 'string') continue;
			const cleared = redact(value);
			// `__proto__` is a name like any other in JSON.
			if (cleared !== value) Object.defineProperty(parent, key, { value: cleared });
			texts += 1;
			if (texts % TEXTS_A_TURN === 0) await setImmediate();
		}
	}
	return root.document;
}
