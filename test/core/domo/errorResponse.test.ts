import { Readable } from 'node:stream';
import { errorResponse, type RequestSubject } from '../../../core/domo/errorResponse';

const id = '845305d8-da3d-4107-a9d6-13ef3f86d4a4';
const badRequest = async (message: string, what: 'dataSet' | 'export' | 'query') => {
	const subject: RequestSubject = { what, id };
	const body = Readable.from([JSON.stringify({ status: 400, statusReason: 'Bad Request', message })]);
	return await errorResponse({ status: 400, headers: {}, body }, subject);
};

test.each(['dataSet', 'export', 'query'] as const)(
	'no access that Domo tells as a bad request (%s) is no access',
	async (what) => {
		const told = await badRequest('Infrastructure problem (403): Access is denied', what);
		expect(told).toMatchObject({
			reason: 'dataSetForbidden',
			message: expect.stringMatching(/: Infrastructure problem/),
		});
	},
);

test.each([
	"Unknown column 'Clicks (404)'",
	"syntax error near 'code IN (429)'",
	'syntax error near (401)',
	"Unknown column 'Infrastructure problem (403)'",
])('the SQL that Domo repeats is no status: %s', async (message) => {
	expect(await badRequest(message, 'query')).toMatchObject({
		reason: 'setting',
		retryable: false,
		message: `SQL: Domo does not run this query (status 400): ${message}`,
	});
});
