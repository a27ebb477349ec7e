import { SASProtocol } from '@azure/storage-blob';
import { readSas } from '../../../../core/destinations/azureBlob/sas';
import { everythingSaid, refusal } from '../../refusal';
import { accountSas, containerSas, fieldsOf, keyOf, without } from './tokens';

const MINUTE_MS = 60_000;

/** A token whose signature holds each character that gets damaged on its way. */
const token = (() => {
	for (let attempt = 0; ; attempt++) {
		const made = accountSas({ key: keyOf(`secret ${attempt}`) });
		if (/\+.*\/.*=$/.test(fieldsOf(made).sig ?? '')) return made;
	}
})();
const sig = fieldsOf(token).sig ?? '';
const blobUrl = 'https://account.blob.core.windows.net/';

test.each<[string, string]>([
	['as the portal shows it', token],
	['with a leading question mark', `?${token}`],
	['with spaces and line ends around it', `  \r\n${token}\t\n`],
	['as a URL of the service', `${blobUrl}?${token}`],
	['as a URL of a container', `${blobUrl}exports?restype=container&comp=list&${token}`.replace(/restype.*list&/, '')],
	['as a URL with a fragment', `${blobUrl}?${token}#overview`],
	['in double quotes', `"${token}"`],
	['in single quotes with spaces in them', `' ${token} '`],
	['in the curly quotes of a mail', `\u201c${token}\u201d`],
	['in angle brackets', `<${blobUrl}?${token}>`],
	['URL-decoded', decodeURIComponent(token)],
	['URL-decoded by a form reader, which makes + a space', decodeURIComponent(token).replaceAll('+', ' ')],
	['with + instead of %2B', token.replace('%2B', '+')],
	['with lower-case percent signs', token.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())],
	['copied out of HTML', token.replaceAll('&', '&amp;')],
	['as a URL copied out of HTML', `${blobUrl}?${token.replaceAll('&', '&amp;')}`],
	['broken over lines by a mail program', token.replace(/(.{40})/g, '$1\r\n')],
	['broken over lines and indented', token.replace(/(.{40})/g, '$1\n    ')],
	['with the names in capitals', token.replaceAll(/(^|&)[a-z]+=/g, (name) => name.toUpperCase())],
	['as a connection string', `BlobEndpoint=${blobUrl};SharedAccessSignature=${token}`],
	['as a connection string for several services', `QueueEndpoint=https://a/;SharedAccessSignature=${token};`],
])('a token %s is understood', (_, pasted) => {
	expect(fieldsOf(readSas(pasted).token)).toEqual(fieldsOf(token));
});

test('what is sent holds no character that a URL would misread', () => {
	expect(readSas(decodeURIComponent(token)).token).toMatch(/^[\w=&%.~!'()*-]+$/);
});

test.each<[string, string, object]>([
	['an account token', accountSas({ permissions: 'rwdlac' }), { scope: 'account', httpsOnly: false }],
	['a token for https only', accountSas({ protocol: SASProtocol.Https }), { httpsOnly: true }],
	['a token without read rights', accountSas({ permissions: 'wc' }), { permissions: 'wc' }],
	['a token that may only create', accountSas({ permissions: 'c' }), { permissions: 'c' }],
	['a token for more services', accountSas({ services: 'bfqt' }), { scope: 'account' }],
	['a container token', containerSas('racwdl'), { scope: 'container', permissions: 'racwdl' }],
	[
		'a token for one folder (sr=d)',
		`${containerSas('rcw').replace('sr=c', 'sr=d')}&sdd=1`,
		{ scope: 'container', permissions: 'rcw' },
	],
	[
		'a container token with a stored policy',
		containerSas('', { identifier: 'my policy' }),
		{ scope: 'container', permissions: '' },
	],
	['a token valid from a few minutes ahead', accountSas({ startsInMs: 10 * MINUTE_MS }), { scope: 'account' }],
])('%s is accepted', (_, given, seen) => {
	expect(readSas(given)).toMatchObject(seen);
});

test('the name of a stored policy keeps its spaces', () => {
	const policy = containerSas('', { identifier: 'my policy' });
	expect(fieldsOf(readSas(decodeURIComponent(policy)).token).si).toBe('my policy');
});

test.each<[string, string, string, string]>([
	['nothing', '', 'setting', 'it is empty'],
	['an account key', Buffer.alloc(64, 'k').toString('base64'), 'setting', 'no signature'],
	['a URL without a token', `${blobUrl}exports`, 'setting', 'no signature'],
	['a connection string with a key', `AccountName=account;AccountKey=${sig};`, 'setting', 'no signature'],
	['a token without sig', without(token, 'sig'), 'setting', 'no signature'],
	['a token with an empty sig', token.replace(/sig=.*/, 'sig='), 'setting', 'no signature'],
	['a token encoded as a whole', encodeURIComponent(token), 'setting', 'no signature'],
	['a token for queues', accountSas({ services: 'q' }), 'setting', 'ss lacks b'],
	['a token without ss', without(token, 'ss'), 'setting', 'ss lacks b'],
	['a token without objects', accountSas({ resourceTypes: 'sc' }), 'setting', 'srt lacks o'],
	['a token that may not write', accountSas({ permissions: 'rl' }), 'setting', 'sp lacks w and c'],
	['a container token that may not write', containerSas('rl'), 'setting', 'sp lacks w and c'],
	['a token for one blob', containerSas('rw', { blobName: 'sales.csv' }), 'setting', 'a single blob'],
	['a token for one snapshot', containerSas('rw').replace('sr=c', 'sr=bs'), 'setting', 'a single blob'],
	['a token for a file share', containerSas('rw').replace('sr=c', 'sr=s'), 'setting', 'not for the Blob service'],
	['a token for a file', containerSas('rw').replace('sr=c', 'sr=f'), 'setting', 'not for the Blob service'],
	['an expired token', accountSas({ expiresInMs: -1000 }), 'destinationLogin', 'expired on 20'],
	['a token valid later', accountSas({ startsInMs: 16 * MINUTE_MS }), 'destinationLogin', 'not valid before 20'],
])('%s is refused', (_, pasted, reason, why) => {
	const fault = refusal(() => readSas(pasted));
	expect(fault).toMatchObject({ reason, retryable: false, message: expect.stringContaining(why) });
	expect(fault.hint).not.toBe('');
	expect(everythingSaid(fault)).not.toContain(sig);
});
