import { shown, WritebackError } from '../errors';

/** Whether an answer is HTML, told by how it begins: Domo sends its pages with status 200, too. */
export function isWebPage(text: string): boolean {
	return /^[\s\uFEFF]*<(!doctype|html)\b/iu.test(text);
}

/** Domo answered with a page, or something else that its API does not document; `text` is the start of it. Only maintenance is worth another try. */
export function webPage(text: string): WritebackError {
	const title = shown(/<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? '');
	// The maintenance page comes with status 200 and says what it is only in the title.
	const retryable = /maintenance/i.test(title);
	const hint = retryable
		? 'Domo is under maintenance; run it again later.'
		: 'Check API Host in the Domo credential (usually https://api.domo.com, not your instance) and the IP allow list in Domo → Admin → Security.';
	const what = isWebPage(text) ? 'a web page' : 'something else';
	const named = title === '' ? what : `a web page titled "${title}"`;
	return new WritebackError('domoNotData', `Domo answered with ${named} instead of data; nothing was written`, {
		hint,
		retryable,
	});
}
