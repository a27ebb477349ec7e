import { WritebackError } from '../support/errors';
import { readLimited } from '../support/readLimited';
import { redactJson } from '../support/redact/redactJson';
import type { Redact } from '../support/redact/redactor';
import { type RequestSubject, errorResponse } from './errorResponse';
import { CHECK_API_HOST, LATER } from './hintTexts';
import { htmlPageError } from './htmlPage';
import { type DomoRequest, redactorFor } from './request';

const MEBIBYTES = 4;

/** Far above what 1,500 columns need (about 100 KiB), far below what would hurt. */
const JSON_BYTES = MEBIBYTES * 1024 * 1024;

/**
 * Asks Domo for a JSON document, whose texts are cleared of secrets. Rejects with the reason of the refusal, or `domoNotData` when it is not
 * JSON, or more than 4 MiB of it.
 */
export async function requestJson(
	request: DomoRequest,
	path: string,
	query: Record<string, string | number | boolean>,
	subject: RequestSubject,
): Promise<unknown> {
	const answer = await request({ path, query, accept: 'application/json' });
	if (answer.status !== 200) throw await errorResponse(answer, subject);
	const text = await readLimited(answer.body, JSON_BYTES + 1).catch((cause: unknown) => {
		throw new WritebackError('domoInterrupted', 'Domo stopped in the middle of a response', {
			hint: LATER,
			cause,
		});
	});
	if (Buffer.byteLength(text) > JSON_BYTES) throw tooLong();
	const { foreign, finished } = redactorFor(answer);
	return await redactJson(parsed(text, foreign), finished);
}

function parsed(text: string, redact: Redact): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw htmlPageError(text, redact);
	}
}

function tooLong(): WritebackError {
	const what = `Domo's response is longer than ${MEBIBYTES} MiB, although it should only describe DataSets`;
	return new WritebackError('domoNotData', what, { hint: CHECK_API_HOST });
}
