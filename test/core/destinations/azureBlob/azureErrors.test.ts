import { RestError } from '@azure/storage-blob';
import { inspect } from 'node:util';
import { toAzureError } from '../../../../core/destinations/azureBlob/azureErrors';
import { WritebackError } from '../../../../core/support/errors';
import { everythingSaid } from '../../refusal';

const SIGNATURE = 'c2VjcmV0c2lnbmF0dXJl';
const ADDRESS = `https://acc.blob.core.windows.net/exports/a.csv?sv=2026&sp=rw&sig=${SIGNATURE}%3D`;
const WHERE = { container: 'exports', account: 'acc' };

/** The SDK's error with all that it carries: the request's address stands in it and, from a chatty proxy, in the message. */
function restError(code: string | undefined, statusCode?: number): RestError {
	const said = `<html>The address ${ADDRESS} was refused: sig=${SIGNATURE}</html>`;
	const fault = new RestError(said, {
		...(code === undefined ? {} : { code }),
		...(statusCode === undefined ? {} : { statusCode }),
	});
	Object.assign(fault, { request: { url: ADDRESS }, details: { message: said, url: ADDRESS } });
	return fault;
}

function told(fault: unknown, signal?: AbortSignal): WritebackError {
	const answer = toAzureError(fault, WHERE, 'staging a block in', signal);
	expect(answer).toBeInstanceOf(WritebackError);
	return answer as WritebackError;
}

test.each<[string, number, string, string]>([
	['AuthenticationFailed', 403, 'destinationLogin', 'refused the SAS token'],
	['AuthorizationPermissionMismatch', 403, 'destinationLogin', 'lacks a permission'],
	['AuthorizationResourceTypeMismatch', 403, 'destinationLogin', 'lacks a resource type'],
	['AuthorizationServiceMismatch', 403, 'destinationLogin', 'not for the Blob service'],
	['AuthorizationProtocolMismatch', 403, 'destinationLogin', 'allows https only'],
	['AuthorizationSourceIPMismatch', 403, 'destinationLogin', "n8n's IP address"],
	['AuthorizationFailure', 403, 'destinationLogin', 'firewall'],
	['PublicAccessNotPermitted', 409, 'destinationLogin', 'refused the SAS token'],
	['AccountIsDisabled', 403, 'destinationLogin', 'disabled'],
	['ContainerNotFound', 404, 'targetRefused', 'container does not exist'],
	['ContainerBeingDeleted', 409, 'targetRefused', 'being deleted'],
	['BlobAlreadyExists', 409, 'targetExists', 'already exists'],
	['UnauthorizedBlobOverwrite', 403, 'destinationLogin', 'already exists'],
	['BlobImmutableDueToPolicy', 409, 'targetRefused', 'immutability policy'],
	['BlobImmutableDueToLegalHold', 409, 'targetRefused', 'legal hold'],
	['BlobArchived', 409, 'targetRefused', 'archived'],
	['BlobBeingRehydrated', 409, 'targetRefused', 'rehydrated'],
	['InvalidMetadata', 400, 'setting', 'Metadata: '],
	['EmptyMetadataKey', 400, 'setting', 'Metadata: '],
	['MetadataTooLarge', 400, 'setting', 'Metadata: '],
	['EmptyTagName', 400, 'setting', 'Tags: Azure refused them'],
	['DuplicateTagNames', 400, 'setting', 'Tags: Azure refused them'],
	['TagsTooLarge', 400, 'setting', 'Tags: Azure refused them'],
	['InvalidBlobTier', 400, 'setting', 'Access Tier: '],
	['BlobAccessTierNotSupportedForAccountType', 400, 'setting', 'Access Tier: '],
	['BlobTierInadequateForContentLength', 409, 'setting', 'Access Tier: '],
	['InvalidHeaderValue', 400, 'targetRefused', 'attributes'],
	['LeaseIdMissing', 412, 'targetRefused', 'lease'],
	['InvalidBlobType', 409, 'targetRefused', 'another type'],
	['InvalidBlockList', 400, 'destinationInterrupted', 'Another upload'],
	['InvalidBlobOrBlock', 400, 'destinationInterrupted', 'Another upload'],
	['Md5Mismatch', 400, 'incomplete', 'arrived damaged'],
	['SomethingNew', 401, 'destinationLogin', 'refused the SAS token'],
	['SomethingNew', 403, 'destinationLogin', 'refused the SAS token'],
	['SomethingNew', 404, 'targetRefused', 'found nothing there'],
	['SomethingNew', 400, 'targetRefused', 'status 400, SomethingNew'],
	['SomethingNew', 412, 'targetRefused', 'status 412'],
	['PARSE_ERROR', 200, 'targetRefused', 'status 200'],
	['SomethingNew', 408, 'destinationInterrupted', 'status 408'],
	['SomethingNew', 429, 'destinationInterrupted', 'status 429'],
	['InternalError', 500, 'destinationInterrupted', 'status 500'],
	['SomethingNew', 502, 'destinationInterrupted', 'status 502'],
	['ServerBusy', 503, 'destinationInterrupted', 'status 503, ServerBusy'],
	['SomethingNew', 504, 'destinationInterrupted', 'status 504'],
	['constructor', 403, 'destinationLogin', 'refused the SAS token'],
	['__proto__', 400, 'targetRefused', 'status 400'],
])('%s with status %i becomes %s: %s', (code, status, reason, what) => {
	const fault = told(restError(code, status));
	expect(fault.reason).toBe(reason);
	expect(fault.message).toContain(what);
	expect(fault.message).toContain('container exports of acc');
	expect(fault.hint).not.toBe('');
	expect(fault.retryable).toBe(['destinationInterrupted', 'incomplete'].includes(reason));
	expect(everythingSaid(fault) + inspect(fault, { depth: 9, showHidden: true })).not.toMatch(/sig=|c2VjcmV0/);
});

test.each([
	['ECONNREFUSED', 'the connection was refused'],
	['ECONNRESET', 'the connection was cut'],
	['ENOTFOUND', 'no host with that name'],
	['EAI_AGAIN', 'could not be looked up'],
	['ERR_SSL_WRONG_VERSION_NUMBER', 'the TLS connection failed'],
	['REQUEST_SEND_ERROR', 'the connection failed'],
])('a network fault %s is worth another try and says that %s', (code, what) => {
	const fault = told(restError(code));
	expect(fault).toMatchObject({ reason: 'destinationInterrupted', retryable: true });
	expect(fault.message).toContain(what);
	expect(everythingSaid(fault)).not.toMatch(/sig=|c2VjcmV0/);
});

test.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'INVALID_CA', 'HOSTNAME_MISMATCH'])(
	'a certificate that does not pass (%s) is a matter of the endpoint',
	(code) => {
		const fault = told(restError(code));
		expect(fault).toMatchObject({
			reason: 'setting',
			retryable: false,
			message: 'Blob Endpoint: its TLS certificate is not trusted',
		});
		expect(everythingSaid(fault)).not.toMatch(/sig=|c2VjcmV0/);
	},
);

test('an answer without a body is known by its header', () => {
	const fault = restError(undefined, 403);
	const headers = { get: (name: string) => (name === 'x-ms-error-code' ? 'AuthorizationSourceIPMismatch' : undefined) };
	Object.assign(fault, { response: { headers, status: 403 } });
	expect(told(fault).message).toContain("n8n's IP address");
});

test('a code that is no word is shown on one short line without a signature', () => {
	const { message } = told(restError(`Bad\r\n\u202e<b>sig=${SIGNATURE}</b>${'x'.repeat(999)}`, 400));
	expect(message).not.toMatch(/[\r\n\u202e]|c2VjcmV0/);
	expect(message.length).toBeLessThan(400);
});

test('where no container is named yet, the account is', () => {
	const answer = toAzureError(restError('ServerBusy', 503), { container: '', account: 'acc' }, 'listing');
	expect(answer).toMatchObject({ message: expect.stringContaining('(listing the containers of acc)') });
});

test.each([
	['a stopped execution', restError('ServerBusy', 503), AbortSignal.abort()],
	['a stopped execution, whatever broke', new TypeError('x'), AbortSignal.abort()],
	["the SDK's own stop", Object.assign(new Error('Aborted'), { name: 'AbortError' }), undefined],
])('%s is cancelled', (_, fault, signal) => {
	expect(told(fault, signal).reason).toBe('cancelled');
});

test.each([
	['a fault of the source', new Error('the source broke')],
	['a bug', new TypeError('x is not a function')],
	['a fault that is known already', new WritebackError('domoInterrupted', 'Domo stopped sending', { hint: '' })],
	['something thrown that is no error', 'text'],
	['nothing', undefined],
])('%s passes unchanged', (_, fault) => {
	expect(toAzureError(fault, WHERE, 'staging a block in', new AbortController().signal)).toBe(fault);
});

test.each(['SomethingNew', 'SystemInUse'])(
	'the wait that Azure asks for with %s is one that the next try keeps',
	(code) => {
		const fault = restError(code, 429);
		const headers = new Map([['retry-after', '300']]);
		Object.assign(fault, { response: { headers } });
		expect(told(fault)).toMatchObject({ retryable: true, retryAfterMs: 300_000 });
	},
);
