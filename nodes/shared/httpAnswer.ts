import { Readable } from 'node:stream';
import type { DomoAnswer } from '../../core/domo/request';
import { field } from '../../core/support/field';

/** The first error of a chain of causes that fits. */
export function within(fault: unknown, fits: (layer: Error) => boolean): Error | undefined {
	for (let layer = fault, depth = 0; layer instanceof Error && depth < 8; layer = layer.cause, depth++) {
		if (fits(layer)) return layer;
	}
	return undefined;
}

/** What n8n's HTTP helper hands out, or an error of its HTTP client holds: `status` and `body` are what these fields are called there. */
export function readAnswer(answer: unknown, status: string, body: string): DomoAnswer {
	const content = field(answer, body);
	return {
		status: Number(field(answer, status)),
		headers: readHeaders(field(answer, 'headers')),
		body: content instanceof Readable ? content : Readable.from(typeof content === 'string' ? [content] : []),
	};
}

function readHeaders(headers: unknown): DomoAnswer['headers'] {
	const known: Record<string, string | undefined> = {};
	for (const name of ['content-type', 'retry-after']) {
		const value = field(headers, name);
		if (typeof value === 'string') known[name] = value;
	}
	return known;
}
