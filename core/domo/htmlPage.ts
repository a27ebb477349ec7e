import { sanitize, WritebackError } from '../support/errors';
import type { Redact } from '../support/redact/redactor';
import { CHECK_API_HOST } from './hintTexts';

/** Whether an answer is HTML, told by how it begins: Domo sends its pages with status 200, too. */
export function isHtmlPage(text: string): boolean {
	return /^[\s\uFEFF]*<(!doctype|html)\b/iu.test(text);
}

/** What a page begins with. */
const TAGS = ['<!doctype', '<html'];

/** Far more than precedes the first tag of a page. */
const MOST_BLANK_BYTES = 4096;

/** The first chunk of an answer, joined with those after it for as long as they could still become the beginning of a page. */
export async function firstChunk(chunks: AsyncIterator<Buffer>): Promise<IteratorResult<Buffer>> {
	let first = await chunks.next();
	while (first.done !== true && mayBecomePage(first.value)) {
		// A chunk is its reader's until the next one is asked for.
		const held = Buffer.from(first.value);
		const more = await chunks.next();
		first = { done: false, value: more.done === true ? held : Buffer.concat([held, more.value]) };
		if (more.done === true) break;
	}
	return first;
}

function mayBecomePage(start: Buffer): boolean {
	if (start.length >= MOST_BLANK_BYTES) return false;
	// U+FFFD is what a byte order mark is until its last byte is there.
	const begun = start
		.toString('utf8')
		.replace(/^[\s\uFEFF\uFFFD]+/u, '')
		.toLowerCase();
	return TAGS.some((tag) => tag.startsWith(begun));
}

/** Domo answered with a page, or something else that its API does not document; `text` is the start of it, whose title is cleared by `redact`. Only maintenance is worth another try. */
export function htmlPageError(text: string, redact: Redact): WritebackError {
	const title = sanitize(redact(titleOf(text)));
	// The maintenance page comes with status 200 and says what it is only in the title.
	if (/maintenance/i.test(title)) {
		return new WritebackError('domoNotData', `Domo answered with a web page titled "${title}" instead of data`, {
			hint: 'Domo is under maintenance. Try again later.',
			retryable: true,
		});
	}
	const isPage = title !== '' || isHtmlPage(text);
	const what = isPage ? `a web page${title === '' ? '' : ` titled "${title}"`}` : 'something else';
	return new WritebackError('domoNotData', `Domo answered with ${what} instead of data`, { hint: CHECK_API_HOST });
}

/** Titles of pages that Domo is known to send; anything else in an answer to a login could be a secret. */
const KNOWN_TITLES = ['Domo - Login', 'Domo - Blocked', 'Domo Maintenance'];

/** The same for an answer of which nothing may be shown: the message has only its kind and, where it is known, the title. */
export function secretWebPage(text: string): WritebackError {
	const title = KNOWN_TITLES.find((known) => text.toLowerCase().includes(`<title>${known.toLowerCase()}</title>`));
	return htmlPageError(`<html>${title === undefined ? '' : `<title>${title}</title>`}`, (known) => known);
}

/** Domo answered with JSON that is not what was asked for. */
export function unexpectedJson(): WritebackError {
	return htmlPageError('', (text) => text);
}

/** The title of a page, found step by step: a page may hold any number of beginnings. */
function titleOf(text: string): string {
	const from = text.search(/<title/i);
	const start = from === -1 ? -1 : text.indexOf('>', from);
	if (start === -1) return '';
	const end = text.indexOf('<', start);
	return text.slice(start + 1, end === -1 ? text.length : end);
}
